import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { definition } from '../../workflows/payable-exception/definition.ts';
import { compare } from '../../workflows/payable-exception/compare.ts';
import type { Order, Records, Tolerances, Vendor } from '../../workflows/payable-exception/types.ts';
import { earlier, invoice, lines, order, receipt, vendor, withLine } from './payable-exception/good-invoice.ts';

const { match, tolerances, authority } = definition.policies;
const matching = compileTable(match.table, match);
const usual = compileTable(tolerances.table, tolerances).rows[0]!.outputs as Tolerances;

interface World {
  billed?: object;
  vendor?: Vendor;
  order?: Order;
  receipts?: Records['receipts'];
  similar?: Records['similar'];
  overdue?: boolean;
  accepted?: string[];
  tolerances?: Partial<Tolerances>;
}

const good: Records = { vendor, order, receipts: [receipt], similar: [] };

/** What the rules call it. */
function ruleOf(change: World): string {
  const { billed = invoice(), overdue = false, accepted = [], tolerances: other = {}, ...records } = change;
  const read = definition.request.shape.invoice.parse(billed);
  const { facts } = compare(read, { ...good, ...records }, { ...usual, ...other }, { overdue, accepted });
  return decide(matching, facts).rule;
}

const orderWith = (lineNo: string, change: object): Order => ({
  ...order,
  lines: order.lines.map((line) => (line.lineNo === lineNo ? { ...line, ...change } : line)),
});
const received = (...quantities: string[]) =>
  quantities.map((quantity, n) => ({
    ...receipt,
    receiptId: `GR-${n}`,
    lines: [
      { poLineNo: '1', quantity },
      { poLineNo: '2', quantity: '10' },
    ],
  }));

/** A sentence, the rule, and what is changed in the good world. */
const cases: [string, string, World][] = [
  ['as it was ordered and received', 'ok', {}],
  // the number
  ['another number and amount', 'ok', { similar: [{ ...earlier, gross: 59_263 }] }],
  ['the same number', 'duplicate-invoice', { similar: [{ ...earlier, invoiceNumber: 'B-2026-17', gross: 1 }] }],
  [
    'the same number in other letters, with blanks, dots, slashes and zeros',
    'duplicate-invoice',
    { similar: [{ ...earlier, invoiceNumber: ' 00b/2026 . 1_7', gross: 1, poNumber: null }] },
  ],
  ['another vendor’s number', 'ok', { similar: [{ ...earlier, vendorId: 'V-2', invoiceNumber: 'B-2026-17' }] }],
  // amount and date
  [
    'order and amount again on the window’s last day',
    'duplicate-invoice',
    { similar: [{ ...earlier, issueDate: '2026-01-20' }] },
  ],
  ['order and amount again a day after the window', 'ok', { similar: [{ ...earlier, issueDate: '2026-01-19' }] }],
  ['order and amount again, dated later', 'duplicate-invoice', { similar: [{ ...earlier, issueDate: '2026-09-17' }] }],
  ['the amount again in another currency', 'ok', { similar: [{ ...earlier, currency: 'USD' }] }],
  ['the amount again on another order', 'ok', { similar: [{ ...earlier, poNumber: 'PO-701' }] }],
  [
    'the amount again without an order',
    'missing-po',
    { similar: [{ ...earlier, poNumber: null }], billed: invoice(lines, { poNumber: null }), order: null },
  ],
  [
    'a corrected invoice under the number of what it corrects',
    'special-invoice',
    { billed: invoice(lines, { typeCode: '384' }), similar: [{ ...earlier, invoiceNumber: 'B-2026-17' }] },
  ],
  [
    'a corrected invoice over the order and amount of what it corrects',
    'special-invoice',
    { billed: invoice(lines, { typeCode: '384' }), similar: [earlier] },
  ],
  ['the same number with another dash', 'duplicate-invoice', { similar: [{ ...earlier, invoiceNumber: 'B–2026‑17' }] }],
  [
    'order and amount again, the order in small letters',
    'duplicate-invoice',
    { similar: [{ ...earlier, poNumber: 'po-700' }] },
  ],
  [
    'an invoice after a credit note of its number',
    'ok',
    { similar: [{ ...earlier, invoiceNumber: 'B-2026-17', gross: -59_262 }] },
  ],
  // the account
  ['an account nobody knows', 'bank-detail-change', { billed: invoice(lines, { iban: 'DE75512108001245126199' }) }],
  [
    'an account that is on file and not verified',
    'bank-detail-change',
    { vendor: { ...vendor, bankAccounts: [{ iban: vendor.bankAccounts[0]!.iban, verified: false }] } },
  ],
  [
    'the verified account as people print it',
    'ok',
    { billed: invoice(lines, { iban: 'IBAN de02 1203 0000 0000 2020 51 ' }) },
  ],
  ['no account', 'ok', { billed: invoice(lines, { iban: null }) }],
  ['an empty account', 'ok', { billed: invoice(lines, { iban: '' }) }],
  // the order
  ['no order named', 'missing-po', { billed: invoice(lines, { poNumber: null }), order: null }],
  ['an order that is not there', 'missing-po', { order: null }],
  ['another vendor’s order', 'missing-po', { order: { ...order, vendorId: 'V-2' } }],
  ['no order, where none is needed', 'ok', { order: null, vendor: { ...vendor, poMandatory: false } }],
  ['another currency', 'wrong-currency', { billed: invoice(withLine('1', { unitPrice: '9' }), { currency: 'USD' }) }],
  // its own sums
  ['a total two cents off', 'ok', { billed: invoice(lines, { gross: 59_264 }) }],
  ['a total three cents off', 'arithmetic-error', { billed: invoice(lines, { gross: 59_265 }) }],
  ['lines that do not come to the net', 'arithmetic-error', { billed: invoice(lines, { net: 49_803, gross: 59_265 }) }],
  [
    'a line that is not quantity times price',
    'sum-unclear',
    {
      billed: {
        ...invoice(),
        lines: invoice().lines.map((line, n) => ({ ...line, amount: line.amount + (n === 0 ? 3 : -3) })),
      },
    },
  ],
  [
    'a price for ten',
    'ok',
    {
      billed: {
        ...invoice(),
        lines: invoice().lines.map((line) =>
          line.lineNo === '1' ? { ...line, unitPrice: '25', priceBase: '10' } : line,
        ),
      },
    },
  ],
  [
    'a charge within a line’s amount',
    'ok',
    {
      billed: invoice(lines, {
        lines: invoice().lines.map((line) =>
          line.lineNo === '1' ? { ...line, adjustment: -500, unitPrice: '2.55' } : line,
        ),
      }),
    },
  ],
  // tax
  ['a tax two cents off', 'ok', { billed: invoice(lines, { tax: 9_464, gross: 59_264 }) }],
  ['a tax three cents off', 'tax-mismatch', { billed: invoice(lines, { tax: 9_465, gross: 59_265 }) }],
  ['another rate than ordered', 'tax-mismatch', { billed: invoice(withLine('1', { taxPercent: '7' })) }],
  ['the rate written with zeros', 'ok', { billed: invoice(withLine('1', { taxPercent: '19.00' })) }],
  // lines
  [
    'a line nobody ordered',
    'line-not-on-po',
    { billed: invoice([...lines, { ...lines[0]!, lineNo: '3', poLineNo: null }]) },
  ],
  [
    'a line of an order’s line that is not there',
    'line-not-on-po',
    { billed: invoice(withLine('1', { poLineNo: '9' })) },
  ],
  ['another unit', 'unit-mismatch', { billed: invoice(withLine('1', { unit: 'BX', unitPrice: '99' })) }],
  // goods
  ['nothing received', 'no-goods-receipt', { receipts: [] }],
  [
    'one line of two not received',
    'no-goods-receipt',
    { receipts: [{ ...receipt, lines: [{ poLineNo: '1', quantity: '100' }] }] },
  ],
  ['received and sent back', 'no-goods-receipt', { receipts: received('100', '-100') }],
  ['nothing received, and waited for in vain', 'goods-receipt-overdue', { receipts: [], overdue: true }],
  ['nothing received, where nothing needs to be', 'ok', { receipts: [], order: { ...order, match: '2-way' } }],
  ['received in parts', 'ok', { receipts: received('99.9', '0.1') }],
  ['a thousandth too little received', 'quantity-variance', { receipts: received('99.9', '0.099') }],
  ['all of it billed before', 'quantity-variance', { order: orderWith('1', { alreadyInvoiced: '0.001' }) }],
  [
    'more than ordered, without receipts',
    'quantity-variance',
    { order: { ...orderWith('1', { quantity: '99' })!, match: '2-way' } },
  ],
  ['within a tolerance in quantity', 'ok', { receipts: received('50', '45'), tolerances: { quantityPercent: 6 } }],
  [
    'beyond a tolerance in quantity',
    'quantity-variance',
    { receipts: received('50', '44'), tolerances: { quantityPercent: 6 } },
  ],
  // prices
  ['two percent more', 'ok', { billed: invoice(withLine('1', { unitPrice: '2.55' })) }],
  ['a little more than two percent', 'price-variance', { billed: invoice(withLine('1', { unitPrice: '2.5501' })) }],
  ['a lower price', 'ok', { billed: invoice(withLine('1', { unitPrice: '0.10' })) }],
  [
    'fifty on the line, within two percent',
    'ok',
    { billed: invoice(withLine('1', { unitPrice: '250.5' })), order: orderWith('1', { unitPrice: '250' }) },
  ],
  [
    'a cent more than fifty on the line',
    'price-variance',
    { billed: invoice(withLine('1', { unitPrice: '250.5001' })), order: orderWith('1', { unitPrice: '250' }) },
  ],
  [
    'something for what was ordered for nothing',
    'price-variance',
    { billed: invoice(withLine('1', { unitPrice: '0.01' })), order: orderWith('1', { unitPrice: '0' }) },
  ],
  // what is no ordinary invoice
  ['from nobody on file', 'unknown-vendor', { vendor: null }],
  ['less than nothing', 'total-below-zero', { billed: invoice([{ ...lines[0]!, quantity: '-1' }]) }],
  ['a corrected invoice', 'special-invoice', { billed: invoice(lines, { typeCode: '384' }) }],
  [
    'a charge on the whole invoice',
    'charges-on-top',
    { billed: invoice(lines, { adjustment: 1, net: 49_801, gross: 59_263 }) },
  ],
  ['less due than billed', 'amount-due-differs', { billed: invoice(lines, { amountDue: 10_000 }) }],
  ['from a blocked vendor', 'vendor-blocked', { vendor: { ...vendor, blocked: true } }],
  ['nothing', 'otherwise', { billed: invoice([]) }],
];

describe('an invoice compared with the records', () => {
  for (const [sentence, rule, change] of cases) it(`${sentence}: ${rule}`, () => assert.equal(ruleOf(change), rule));

  it('shows the first of several exceptions, and the next once that one is accepted', () => {
    const billed = invoice(withLine('1', { unitPrice: '9' }), { iban: 'DE75512108001245126199' });
    assert.equal(ruleOf({ billed, receipts: received('1') }), 'bank-detail-change');
    const accepted = ['bank-detail-change'];
    assert.equal(ruleOf({ billed, receipts: received('1'), accepted }), 'quantity-variance');
    accepted.push('quantity-variance');
    assert.equal(ruleOf({ billed, receipts: received('1'), accepted }), 'price-variance');
    accepted.push('price-variance');
    assert.equal(ruleOf({ billed, receipts: received('1'), accepted }), 'ok');
  });

  it('that an owner accepted without its goods is not parked again', () => {
    const accepted = ['goods-receipt-overdue'];
    assert.equal(ruleOf({ receipts: [], overdue: true, accepted }), 'ok');
  });

  it('that a stranger sent can be accepted by nobody', () => {
    assert.equal(ruleOf({ vendor: null, accepted: ['unknown-vendor'] }), 'unknown-vendor');
  });

  it('tells people line by line what is wrong', () => {
    const read = definition.request.shape.invoice.parse(invoice(withLine('2', { unitPrice: '13' })));
    const { findings } = compare(read, good, usual, { overdue: false, accepted: [] });
    assert.deepEqual(findings, [
      { exception: 'price-variance', lineNo: '2', says: '13 each, ordered at 12.4: 12.00 more on the line' },
    ]);
  });
});

describe('the request for an invoice', () => {
  const { invoice: contract } = definition.request.shape;
  const adjustments = [{ amount: 500, taxPercent: '19' }];

  it('says what its allowances and charges come to', () => {
    assert.equal(contract.safeParse(invoice(lines, { adjustments })).error?.issues[0]?.path[0], 'adjustments');
    assert.ok(contract.safeParse(invoice(lines, { adjustments, adjustment: 500 })).success);
  });

  it('counts in the smallest unit of any currency, as e-invoices are read', () => {
    const billed = [{ ...lines[0]!, amount: 250 }];
    const yen = { currency: 'JPY', lines: billed, net: 250, tax: 48, gross: 298 };
    assert.equal(ruleOf({ billed: invoice(lines, yen), order: { ...order!, currency: 'JPY' } }), 'ok');
    const cents = { ...yen, lines: [{ ...lines[0]!, amount: 25_000 }], net: 25_000, tax: 4_750, gross: 29_750 };
    assert.equal(ruleOf({ billed: invoice(lines, cents), order: { ...order!, currency: 'JPY' } }), 'sum-unclear');
  });

  it('takes a kind of document with blanks or zeros around its code', () => {
    for (const typeCode of ['381 ', '0381', ' 381'])
      assert.equal(ruleOf({ billed: invoice(lines, { typeCode }) }), 'credit-note');
  });
});

describe('the bands of authority', () => {
  const bands = compileTable(authority.table, authority);
  /** Alone, unless sums say otherwise. */
  const signs = (gross: number, matched = true, sums: object = {}) => {
    const own = Math.max(0, gross);
    const { verdict, outputs } = decide(bands, { gross, matched, grossOnOrder: own, grossOfSupplier: own, ...sums });
    return [verdict, outputs['owner']];
  };

  it('hold from their lower end to below the next', () => {
    assert.deepEqual(signs(0), ['allow', undefined]);
    assert.deepEqual(signs(99_999), ['allow', undefined]);
    assert.deepEqual(signs(100_000), ['approve', 'ap-managers']);
    assert.deepEqual(signs(999_999), ['approve', 'ap-managers']);
    assert.deepEqual(signs(1_000_000), ['approve', 'controllers']);
    assert.deepEqual(signs(9_999_999), ['approve', 'controllers']);
    assert.deepEqual(signs(10_000_000), ['approve', 'chief-financial-officer']);
  });

  it('ask for two people in the highest one, when something did not match', () => {
    assert.deepEqual(signs(9_999_999, false), ['approve', 'controllers']);
    assert.deepEqual(signs(10_000_000, false), ['approve-by-two', 'chief-financial-officer']);
  });

  for (const sum of ['grossOnOrder', 'grossOfSupplier'])
    it(`take what is split for what it comes to: ${sum}`, () => {
      const coming = (total: number) =>
        signs(99_800, true, { grossOnOrder: 99_800, grossOfSupplier: 99_800, [sum]: total });
      assert.deepEqual(coming(99_999), ['allow', undefined]);
      assert.deepEqual(coming(100_000), ['approve', 'ap-managers']);
      assert.deepEqual(coming(1_000_000), ['approve', 'controllers']);
      assert.deepEqual(coming(10_000_000), ['approve', 'chief-financial-officer']);
    });

  it('let no rule sign for less than nothing', () => assert.deepEqual(signs(-1), ['approve', 'controllers']));
});

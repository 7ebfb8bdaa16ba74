import assert from 'node:assert/strict';
import { definition } from '../../workflows/payable-exception/definition.ts';
import { earlier, invoice, lines, order, vendor, withLine } from './payable-exception/good-invoice.ts';
import { type Case, ruleOf } from './payable-exception/ruling.ts';

const cases: Case[] = [
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

describe('an invoice by itself, and with the vendor and the ledger', () => {
  for (const [sentence, rule, change] of cases) it(`${sentence}: ${rule}`, () => assert.equal(ruleOf(change), rule));
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

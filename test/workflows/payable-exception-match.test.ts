import assert from 'node:assert/strict';
import { definition } from '../../workflows/payable-exception/definition.ts';
import { compare } from '../../workflows/payable-exception/facts.ts';
import { invoice, lines, order, receipt, vendor, withLine } from './payable-exception/good-invoice.ts';
import { type Case, good, orderWith, ruleOf, usual } from './payable-exception/ruling.ts';

const received = (...quantities: string[]) =>
  quantities.map((quantity, n) => ({
    ...receipt,
    receiptId: `GR-${n}`,
    lines: [
      { poLineNo: '1', quantity },
      { poLineNo: '2', quantity: '10' },
    ],
  }));

const cases: Case[] = [
  // the order
  ['no order named', 'missing-po', { billed: invoice(lines, { poNumber: null }), order: null }],
  ['an order that is not there', 'missing-po', { order: null }],
  ['another vendor’s order', 'missing-po', { order: { ...order, vendorId: 'V-2' } }],
  ['no order, where none is needed', 'ok', { order: null, vendor: { ...vendor, poMandatory: false } }],
  ['another currency', 'wrong-currency', { billed: invoice(withLine('1', { unitPrice: '9' }), { currency: 'USD' }) }],
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
];

describe('an invoice compared with the order and the receipts', () => {
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

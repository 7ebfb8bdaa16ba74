import assert from 'node:assert/strict';
import { earlier } from '../workflows/payable-exception/good-invoice.ts';
import { refusalOf, rulingOn } from './e-invoice/ruling.ts';
import { type Small, smallCii, smallUbl } from './e-invoice/small.ts';

const syntaxes = { UBL: smallUbl, CII: smallCii };
const charge = (amount: string, more: object = { percent: '19' }) => ({ isCharge: 'true', amount, ...more });
const allowance = (amount: string, more: object = { percent: '19' }) => ({ isCharge: 'false', amount, ...more });
const totals = (net: string, tax: string, gross: string) => ({ net, tax, gross });

/** What is billed, the rule that decides first, and at what it was ordered where not at 100.00. */
const sums: [string, Small, string, object?][] = [
  [
    'a charge bears its own tax',
    { adjustments: [charge('10')], ...totals('110', '20.90', '130.90') },
    'charges-on-top',
  ],
  ['an allowance too', { adjustments: [allowance('6')], ...totals('94', '17.86', '111.86') }, 'charges-on-top'],
  [
    'a charge of another rate',
    { adjustments: [charge('10', { percent: '7' })], ...totals('110', '19.70', '129.70') },
    'charges-on-top',
  ],
  [
    'a charge without tax',
    { adjustments: [charge('10', { category: 'E' })], ...totals('110', '19', '129') },
    'charges-on-top',
  ],
  [
    'a charge and an allowance that come to nothing, at two rates',
    { adjustments: [charge('10'), allowance('10', { percent: '7' })], ...totals('100', '20.20', '120.20') },
    'charges-on-top',
  ],
  [
    'a charge that does not say its rate, with a tax that some rate gives',
    { adjustments: [charge('10', {})], ...totals('110', '19.70', '129.70') },
    'charges-on-top',
  ],
  [
    'a charge that does not say its rate, with a tax that no rate gives',
    { adjustments: [charge('10', {})], ...totals('110', '30', '140') },
    'tax-mismatch',
  ],
  [
    'an indicator that is written 1',
    { adjustments: [charge('10', { percent: '19', isCharge: '1' })], ...totals('110', '20.90', '130.90') },
    'charges-on-top',
  ],
  [
    'an indicator that is written 0',
    { adjustments: [allowance('10', { percent: '19', isCharge: ' 0 ' })], ...totals('90', '17.10', '107.10') },
    'charges-on-top',
  ],
  ['a tax that is wrong', { ...totals('100', '18', '118') }, 'tax-mismatch'],
  ['lines that do not come to the net', { ...totals('101', '19.19', '120.19') }, 'arithmetic-error'],
  // what is due
  ['a total that is rounded up', { rounding: '0.12', ...totals('100', '19', '119'), due: '119.12' }, 'ok'],
  ['a total that is rounded down', { rounding: '-0.40', due: '118.60' }, 'ok'],
  ['forints, rounded to five of them', { currency: 'HUF', rounding: '1', due: '120' }, 'ok'],
  [
    'koruna, rounded to whole ones',
    {
      currency: 'CZK',
      rounding: '-0.21',
      ...totals('100', '19.21', '119.21'),
      due: '119',
      lines: [{ percent: '19.21' }],
    },
    'ok',
    { taxPercent: '19.21' },
  ],
  [
    'francs, rounded to five hundredths',
    {
      currency: 'CHF',
      rounding: '0.02',
      ...totals('100', '19.03', '119.03'),
      due: '119.05',
      lines: [{ percent: '19.03' }],
    },
    'ok',
    { taxPercent: '19.03' },
  ],
  ['rounding that is none', { rounding: '500', due: '619' }, 'amount-due-differs'],
  ['rounding that was not added', { rounding: '0.40', due: '119' }, 'amount-due-differs'],
  ['a part that is paid', { prepaid: '50', due: '69' }, 'amount-due-differs'],
  ['a part that is paid, and rounded', { prepaid: '50.10', rounding: '0.10', due: '69' }, 'amount-due-differs'],
  ['nothing that is paid', { prepaid: '0.00', due: '119' }, 'ok'],
  // lines
  [
    'a price for a hundred',
    { lines: [{ quantity: '250', price: '40', base: '100.', amount: '100' }] },
    'ok',
    { unitPrice: '0.4' },
  ],
  [
    'a price for a kilogram of what is billed in pieces',
    { lines: [{ quantity: '4', price: '12', base: '1', baseUnit: 'KGM' }] },
    'sum-unclear',
    { unitPrice: '25' },
  ],
  ['a line that is not quantity times price', { lines: [{ quantity: '2' }] }, 'sum-unclear'],
  ['charges within a line', { lines: [{ adjustments: [charge('7', {}), allowance('7.00', {})] }] }, 'ok'],
  // currencies
  [
    'whole forints',
    {
      currency: 'HUF',
      lines: [{ quantity: '3', price: '333.40', amount: '1000', percent: '27' }],
      ...totals('1000', '270', '1270'),
    },
    'ok',
    { unitPrice: '333.40', taxPercent: '27' },
  ],
  [
    'whole forints that are not its sum',
    {
      currency: 'HUF',
      lines: [{ quantity: '3', price: '333.40', amount: '1000', percent: '27' }],
      ...totals('1010', '270', '1280'),
    },
    'arithmetic-error',
    { unitPrice: '333.40', taxPercent: '27' },
  ],
  [
    'euros in whole hundreds, which nobody rounds',
    { lines: [{ quantity: '3', price: '333.40', amount: '1000' }], ...totals('1000', '190', '1190') },
    'sum-unclear',
    { unitPrice: '333.40' },
  ],
  [
    'yen',
    {
      currency: 'JPY',
      lines: [{ quantity: '3', price: '333', amount: '999.00', percent: '10' }],
      ...totals('999', '99', '1098'),
    },
    'ok',
    { unitPrice: '333', taxPercent: '10' },
  ],
  [
    'dinars of Kuwait, in thousandths',
    {
      currency: 'KWD',
      lines: [{ quantity: '3', price: '1.115', amount: '3.345', percent: '0' }],
      ...totals('3.345', '0', '3.345'),
    },
    'ok',
    { unitPrice: '1.115', taxPercent: '0' },
  ],
  [
    'dinars of Tunisia, with the two decimals of EN 16931',
    {
      currency: 'TND',
      lines: [{ quantity: '3', price: '1.115', amount: '3.35', percent: '19' }],
      ...totals('3.35', '0.64', '3.99'),
    },
    'ok',
    { unitPrice: '1.115', taxPercent: '19' },
  ],
  [
    'koruna, each line in hundredths and all of it whole',
    {
      currency: 'CZK',
      lines: [{ quantity: '3', price: '33.21', amount: '99.63', percent: '21' }],
      ...totals('100', '21', '121'),
    },
    'ok',
    { unitPrice: '33.21', taxPercent: '21' },
  ],
  // kinds of documents
  ['a corrected invoice', { type: '384' }, 'special-invoice'],
  [
    'an invoice below nothing',
    { lines: [{ quantity: '-1', amount: '-100' }], ...totals('-100', '-19', '-119') },
    'total-below-zero',
  ],
];

describe('the sums of an e-invoice', () => {
  for (const [syntax, write] of Object.entries(syntaxes))
    for (const [sentence, small, rule, agreed] of sums)
      it(`${syntax}: ${sentence}: ${rule}`, () => {
        const ruling = rulingOn(write(small), agreed);
        assert.equal(ruling.rule, rule, JSON.stringify(ruling.findings));
        // What cannot be unsaid is said only of what its own sum proves.
        assert.equal(ruling.notice, rule === 'arithmetic-error');
      });

  it('are in the smallest unit of their currency, and so is what is posted', () => {
    const amounts = (small: Small) => {
      const { invoice, posting } = rulingOn(smallUbl(small));
      return [invoice.gross, posting.gross, posting.amountDue];
    };
    assert.deepEqual(amounts({ currency: 'JPY', ...totals('999', '99', '1098') }), [1098, 1098, undefined]);
    assert.deepEqual(amounts({ currency: 'HUF', ...totals('1000', '270', '1270') }), [127_000, 127_000, undefined]);
    assert.deepEqual(amounts({ currency: 'KWD', ...totals('1', '0', '1.005') }), [1_005, 1_005, undefined]);
    assert.deepEqual(amounts({ rounding: '-0.40', due: '118.60' }), [11_900, 11_900, 11_860]);
    assert.deepEqual(amounts({ currency: 'HUF', rounding: '2', due: '121' }), [11_900, 11_900, 12_100]);
    assert.deepEqual(amounts({ rounding: '900', due: '1019' }), [11_900, 11_900, 12_400]);
    assert.deepEqual(amounts({ prepaid: '50', due: '69' }), [11_900, 11_900, 6_900]);
  });

  it('never have more decimals than their currency', () => {
    const line = (amount: string) => ({ lines: [{ amount }] });
    assert.match(refusalOf(smallUbl({ currency: 'JPY', ...line('100.5') })), /LineExtensionAmount has decimals/);
    assert.match(refusalOf(smallUbl({ currency: 'KWD', ...line('100.0005') })), /has more than three decimals/);
    assert.match(refusalOf(smallCii({ ...line('100.001') })), /has more than two decimals/);
  });
});

describe('a credit note', () => {
  const kinds = ['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '502', '503', '532'];
  for (const type of kinds)
    it(`of type ${type} takes away, and goes to a person as what it is`, () => {
      const billed = { ...earlier, invoiceNumber: 'E-0', gross: 11_900, issueDate: '2026-06-01' };
      const documents = [smallUbl({ type }), smallCii({ type }), smallUbl({ type, root: 'CreditNote' })];
      for (const document of documents) {
        const { rule, notice, posting } = rulingOn(document, {}, { similar: [billed] });
        assert.deepEqual([rule, notice], ['credit-note', false]);
        assert.deepEqual([posting.gross, posting.payTo, posting.lines[0]!.quantity], [-11_900, null, '-1']);
      }
    });

  const credit = (more: Small = {}) => smallCii({ type: '381', ...more });
  const before = (gross: number, invoiceNumber: string) => ({
    similar: [{ ...earlier, invoiceNumber, gross, issueDate: '2026-06-01' }],
  });

  it('with the number of the invoice that it credits is no copy of it', () =>
    assert.equal(rulingOn(credit(), {}, before(11_900, 'E-1')).rule, 'credit-note'));

  it('that came before is a copy', () =>
    assert.equal(rulingOn(credit(), {}, before(-11_900, 'E-1')).rule, 'duplicate-invoice'));

  it('over the amount of another one is another one', () =>
    assert.equal(rulingOn(credit(), {}, before(-11_900, 'E-2')).rule, 'credit-note'));

  it('does not make a copy of the invoice that comes after it', () =>
    assert.equal(rulingOn(smallCii(), {}, before(-11_900, 'E-1')).rule, 'ok'));

  it('whose sender wrote minus takes away all the same', () => {
    const minus = { lines: [{ quantity: '-1', amount: '-100' }], ...totals('-100', '-19', '-119') };
    assert.equal(rulingOn(credit(minus)).posting.gross, -11_900);
  });

  it('takes its charges and what is due away too', () => {
    const small = { adjustments: [charge('10')], ...totals('110', '20.90', '130.90'), rounding: '0.10', due: '131' };
    const { rule, posting } = rulingOn(credit(small));
    assert.deepEqual([rule, posting.gross, posting.amountDue], ['credit-note', -13_090, -13_100]);
  });

  it('that does not add up goes back', () =>
    assert.equal(rulingOn(credit(totals('100', '19', '120'))).rule, 'arithmetic-error'));

  it('that calls itself an invoice is refused', () =>
    assert.match(refusalOf(smallUbl({ root: 'CreditNote' })), /CreditNoteTypeCode is 380, which is no credit note/));
});

import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { addDays, addMonths, daysBetween } from '../../rules/dates.ts';
import { definition } from '../../workflows/service-renewal/definition.ts';
import { pricingFacts, renewalFacts, riskFacts } from '../../workflows/service-renewal/facts.ts';
import { isStill, planOffer, priceAt, priceFaults } from '../../workflows/service-renewal/terms.ts';
import type { Account, Brief } from '../../workflows/service-renewal/types.ts';
import { wishesOf } from '../../workflows/service-renewal/wishes.ts';

const today = '2027-03-02';
const tables = {
  pricing: compileTable(definition.policies.pricing.table, definition.policies.pricing),
  churnRisk: compileTable(definition.policies.churnRisk.table, definition.policies.churnRisk),
  renewal: compileTable(definition.policies.renewal.table, definition.policies.renewal),
  authority: compileTable(definition.policies.discountAuthority.table, definition.policies.discountAuthority),
};

type Changes = { [S in keyof Account]?: Partial<NonNullable<Account[S]>> | null };

/** A good account with something changed; null: the system has no such thing. */
function account(changes: Changes = {}): Account {
  const good = {
    subscription: {
      ...{ subscriptionId: 'S', customerId: 'K', contractType: 'One year', termMonths: 12, tenureMonths: 30 },
      ...{ termEnd: '2027-05-31', autoRenews: true, noticeDays: 30, seats: 10, cancelRequestedOn: null },
      services: { internet: 'DSL', techSupport: true },
    },
    usage: { usagePercent: 80 },
    tickets: { ticketsIn90Days: 0, openSeverity1: 0 },
    account: { paymentMethod: 'Mailed check', oldestOverdueDays: 0 },
    price: { annualPrice: 600_000, currency: 'USD' },
  };
  const changed = Object.entries(good).map(([name, value]) => {
    const change = changes[name as keyof typeof good];
    return [name, change === null ? null : { ...value, ...change }];
  });
  return { ...Object.fromEntries(changed), earlier: [] } as Account;
}

/** What the rules say of it, by what was asked for, and with what else of the customer is up for renewal. */
function ruled(changes: Changes = {}, quote?: object, passed: string[] = [], others = 0) {
  const given = account(changes);
  const pricing = decide(tables.pricing, pricingFacts(given)) as never;
  const risk = decide(tables.churnRisk, riskFacts(given));
  const termEnd = given.subscription?.termEnd ?? '2027-05-31';
  const standard = {
    requestedDiscountPercent: 0,
    approvedDiscountPercent: 0,
    quotedAnnualPrice: 618_000,
    termsRequested: null,
  };
  const request = {
    subscriptionId: 'S',
    customerId: 'K',
    termEnd,
    quote: quote ? { ...standard, ...quote } : null,
    message: null,
  };
  const answer = { asksFor: 'nothing' as const, summary: '', letter: '' };
  const brief: Brief = { answer, confident: true, confidence: 1, evidence: [] };
  const wishes = wishesOf(request.quote);
  const planned = planOffer(request, wishes, given, pricing, 1, today);
  const { offer } = planned;
  const facts = renewalFacts(request, wishes, given, planned, brief, today);
  const ruling = decide(tables.renewal, {
    ...facts,
    ...{ riskPoints: risk.outputs['points'], passed, customerValue: facts.annualValue + others },
  });
  return { ...ruling, offer, facts, risk };
}

const ending = (termEnd: string, more: object = {}) => ({ subscription: { termEnd, ...more } });

describe('the facts of a renewal', () => {
  describe('about days', () => {
    it('add months to the last day that there is', () => {
      assert.equal(addMonths('2027-01-31', 1), '2027-02-28');
      assert.equal(addMonths('2028-01-31', 1), '2028-02-29');
      assert.equal(addMonths('2028-02-29', 12), '2029-02-28');
      assert.equal(addMonths('2027-12-15', 24), '2029-12-15');
    });
    it('count over a leap day, a change of the year and of the clock', () => {
      assert.equal(daysBetween('2028-02-28', '2028-03-01'), 2);
      assert.equal(daysBetween('2027-12-31', '2027-01-01'), -364);
      assert.equal(daysBetween('2027-03-27', '2027-03-29'), 2);
      assert.equal(addDays('2028-03-01', -1), '2028-02-29');
    });
  });

  describe('about the price', () => {
    it('are today’s price, raised by the escalator, lowered by the discount', () => {
      assert.equal(priceAt(600_000, 3, 0), 618_000);
      assert.equal(priceAt(600_000, 0, 10), 540_000);
      assert.equal(priceAt(1_350, 3, 5), 1_321);
      assert.equal(priceAt(100, 2, 100), 0);
    });
    it('find a quote wrong beyond the tolerance, or above the cap', () => {
      const rules = { priceTolerance: 1, upliftCapPercent: 7 };
      assert.deepEqual(priceFaults(103, 103, 100, rules), []);
      assert.deepEqual(priceFaults(104, 103, 100, rules), []);
      assert.deepEqual(priceFaults(105, 103, 100, rules), ['differs']);
      assert.deepEqual(priceFaults(107, 107, 100, rules), []);
      assert.deepEqual(priceFaults(108, 108, 100, rules), ['above-cap']);
      assert.deepEqual(priceFaults(101, 103, 100, rules), ['differs']);
    });
  });

  const large = (annualPrice: number) => ({ price: { annualPrice } });
  const quoted = (annualPrice: number) => ({ quotedAnnualPrice: priceAt(annualPrice, 3, 0) });
  const cases: [what: string, rule: string, changes: Changes, quote?: object][] = [
    ['the window’s last day', 'auto-renew', ending('2027-06-30')],
    ['a day before the window', 'too-early', ending('2027-07-01')],
    ['the term’s last day, where nothing renews by itself', 'auto-renew', ending(today, { autoRenews: false })],
    ['the day after the term', 'lapsed', ending('2027-03-01')],
    ['the last day of notice', 'auto-renew', ending('2027-04-01')],
    ['a day after the notice deadline', 'notice-deadline-passed', ending('2027-03-31')],
    ['the same where it does not bind', 'auto-renew', ending('2027-03-31', { autoRenews: false })],
    ['notice given on its last day', 'cancel-requested', ending('2027-05-31', { cancelRequestedOn: '2027-05-01' })],
    ['notice given a day late', 'auto-renew', ending('2027-05-31', { cancelRequestedOn: '2027-05-02' })],
    [
      'notice given for a term long gone',
      'cancel-requested',
      ending('2027-01-31', { cancelRequestedOn: '2026-12-01' }),
    ],
    ['60 days overdue', 'auto-renew', { account: { oldestOverdueDays: 60 } }],
    ['61 days overdue', 'overdue-block', { account: { oldestOverdueDays: 61 } }],
    ['an incident of severity 1', 'open-incident-block', { tickets: { openSeverity1: 1 } }],
    ['a price a cent off', 'auto-renew', {}, { quotedAnnualPrice: 617_999 }],
    ['a price two cents off', 'price-error', {}, { quotedAnnualPrice: 617_998 }],
    ['other terms and a discount', 'terms-changed', {}, { termsRequested: 'net 90', requestedDiscountPercent: 30 }],
    ['a discount that is approved', 'auto-renew', {}, { ...discount(10, 10), quotedAnnualPrice: 556_200 }],
    ['more discount than is approved', 'discount-approval', {}, { ...discount(11, 10), quotedAnnualPrice: 556_200 }],
    ['less discount than is approved', 'auto-renew', {}, { ...discount(5, 10), quotedAnnualPrice: 556_200 }],
    ['the automatic maximum', 'auto-renew', large(5_000_000), quoted(5_000_000)],
    ['a cent more', 'review', large(5_000_001), quoted(5_000_001)],
    ['a cent below the line of high value', 'review', large(9_999_999), quoted(9_999_999)],
    ['the line of high value', 'high-value', large(10_000_000), quoted(10_000_000)],
    ['a contract without an escalator', 'price-unknown', ending('2027-05-31', { contractType: 'Three years' })],
    ['no price', 'price-unknown', { price: null }],
    ['no subscription', 'not-this-term', { subscription: null, price: null }],
    ['another customer’s subscription', 'not-this-term', ending('2027-05-31', { customerId: 'K-2' })],
    ['no usage and no billing account yet', 'auto-renew', { usage: null, account: null }],
  ];
  for (const [what, rule, changes, quote] of cases)
    it(`lead to ${rule}: ${what}`, () => assert.equal(ruled(changes, quote).rule, rule));

  it('add up to the points of churn risk, and to a call from four on', () => {
    const month = ending('2027-05-31', { contractType: 'Month-to-month', termMonths: 1, autoRenews: false });
    const three = ruled({ ...month, tickets: { ticketsIn90Days: 3 } });
    assert.deepEqual([three.risk.outputs['points'], three.rule], [3, 'auto-renew']);
    const four = ruled({ ...month, tickets: { ticketsIn90Days: 3 }, usage: { usagePercent: 29 } });
    assert.deepEqual([four.risk.outputs['points'], four.rule], [4, 'save-offer']);
    assert.equal(four.risk.rule, 'month-to-month, little-used, many-tickets');
  });

  it('pass a rule whose owner has said yes, and go on to the next', () => {
    const quote = { termsRequested: 'net 90', requestedDiscountPercent: 30, ...quoted(10_000_000) };
    const order = ['terms-changed', 'discount-approval', 'high-value', 'auto-renew'];
    for (const [n, rule] of order.entries())
      assert.equal(ruled(large(10_000_000), quote, order.slice(0, n)).rule, rule);
  });

  it('take many small subscriptions of a customer for the large account that they are', () => {
    const withOthers = (others: number, passed: string[] = [], own = large(600_000), of = quoted(600_000)) =>
      ruled(own, of, passed, others).rule;
    assert.equal(withOthers(4_400_000), 'auto-renew');
    assert.equal(withOthers(4_400_001), 'review-with-other-cases');
    assert.equal(withOthers(4_400_001, ['review-with-other-cases']), 'auto-renew');
    assert.equal(withOthers(9_400_000), 'high-value-customer');
    assert.equal(withOthers(9_400_000, ['high-value-customer']), 'auto-renew');
    const [own, of] = [large(6_000_000), quoted(6_000_000)];
    assert.equal(withOthers(0, ['review'], own, of), 'auto-renew', 'one large subscription is asked about once');
    assert.equal(withOthers(4_000_000, [], own, of), 'high-value-customer');
    assert.equal(withOthers(4_000_000, ['high-value-customer'], own, of), 'auto-renew');
  });

  it('give a discount to the desk whose band it is in, its top included', () => {
    const owner = (discountPercent: number) => decide(tables.authority, { discountPercent }).outputs['owner'];
    assert.deepEqual([10, 11, 20, 21, 100].map(owner), [
      'account-managers',
      'deal-desk',
      'deal-desk',
      'finance-directors',
      'finance-directors',
    ]);
  });

  it('let a yes stand as long as the same is offered, and can still be answered', () => {
    const { offer } = ruled();
    assert.ok(isStill({ ...offer, letter: 'By hand.', answerBy: '2027-04-20' }, offer, today));
    assert.ok(!isStill({ ...offer, answerBy: '2027-03-01' }, offer, today));
    assert.ok(!isStill({ ...offer, annualPrice: 1 }, offer, today));
    assert.ok(!isStill({ ...offer, conditions: 'net 90' }, offer, today));
  });

  it('say until when the customer may answer', () => {
    const until = (changes: Changes) => ruled(changes).offer.answerBy;
    assert.equal(until({}), '2027-05-01');
    assert.equal(until(ending('2027-04-01')), today);
    assert.equal(until(ending('2027-03-31')), '2027-03-31');
    assert.equal(until(ending('2027-05-31', { autoRenews: false })), '2027-05-31');
    assert.equal(until(ending('2027-02-28')), '2027-03-16');
  });
});

function discount(requestedDiscountPercent: number, approvedDiscountPercent: number) {
  return { requestedDiscountPercent, approvedDiscountPercent };
}

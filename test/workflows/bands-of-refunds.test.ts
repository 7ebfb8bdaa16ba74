import assert from 'node:assert/strict';
import type { StartOptions } from '../../temporal/start-case.ts';
import { findHandoff } from '../../store/handoffs.ts';
import { createWorld, ending, until, type World } from '../world.ts';
import { goodRequest, records } from './refund-request.ts';

const [ida] = records.crm.customers;
const order = (orderId: string, price: number, customerId = 'C-1', currency = 'EUR') => ({
  ...{ orderId, customerId, status: 'delivered', currency },
  items: [{ itemId: `${orderId}-1`, productId: 'P-1', name: 'Coat', price }],
  payments: [{ kind: 'payment', paymentMethodId: 'card-1', amount: price }],
});
const held = {
  crm: { customers: [ida!, { ...ida!, customerId: 'C-2', email: 'ole@mail.example' }] },
  orders: {
    orders: [
      ...['O-1', 'O-2', 'O-3'].map((orderId) => order(orderId, 20_000)),
      ...['P-1', 'P-2', 'P-3'].map((orderId) => order(orderId, 1_000)),
      ...[order('L-1', 30_000), order('L-2', 30_000), order('U-1', 30_000, 'C-1', 'USD'), order('X-1', 30_000, 'C-2')],
    ],
  },
};
const back = (orderId: string, more: object = {}, refundTo = 'card-1') =>
  goodRequest({ wishes: [{ action: 'return', orderId, itemIds: [`${orderId}-1`], refundTo }], ...more });

describe('refunds that are split', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world?.close());
  beforeEach(() => world.seed(held));

  const start = (request: Record<string, unknown>, more: StartOptions = {}) => world.start('refund', request, more);
  /** `refunded`, or the rule for which a person is asked. */
  const comesTo = async (request: Record<string, unknown>, more: StartOptions = {}): Promise<string> => {
    const { workflowId: caseId } = await start(request, more);
    return until(async () => {
      const { outcome, waitingOn = [] } = (await world.find(caseId)) ?? {};
      const asked = waitingOn[0] && (await findHandoff(world.pool, waitingOn[0].id));
      return outcome ?? (asked?.packet as { rule: string } | undefined)?.rule;
    }, `${caseId} is paid, or a person is asked`);
  };

  it('over several requests of one customer go to a person as soon as they come to a large one', async () => {
    assert.equal(await comesTo(back('L-1')), 'refunded');
    assert.equal(await comesTo(back('L-2')), 'large-with-other-cases');
  });

  it('go to a person when they come at the same moment: no more than the band is paid by rule', async () => {
    const all = await Promise.all(['L-1', 'L-2', 'O-1'].map((orderId) => comesTo(back(orderId))));
    const paid = (await world.journal()).filter(({ operation }) => operation === 'payments.refund');
    const sum = paid.reduce((total, { body }) => total + (body['amount'] as number), 0);
    assert.ok(sum > 0 && sum < 50_000, `${sum}`);
    assert.ok(all.some((rule) => rule.endsWith('with-other-cases')));
  });

  it('are the customer’s whoever asks, and however the customer is named', async () => {
    assert.equal(await comesTo(back('L-1'), { requestedBy: 'rita' }), 'refunded');
    const second = back('L-2', { claims: { email: 'IDA@mail.example' } });
    assert.equal(await comesTo(second, { requestedBy: 'otto' }), 'large-with-other-cases');
  });

  it('count when they go to a gift card, too', async () => {
    assert.equal(await comesTo(back('L-1', {}, 'gift-1')), 'refunded');
    assert.equal(await comesTo(back('L-2', {}, 'gift-1')), 'large-with-other-cases');
  });

  for (const [what, orderId, claims] of [
    ['another customer', 'X-1', { email: 'ole@mail.example' }],
    ['another currency', 'U-1', { email: 'ida@mail.example' }],
  ] as const)
    it(`are no part of those of ${what}`, async () => {
      assert.equal(await comesTo(back('L-1')), 'refunded');
      assert.equal(await comesTo(back(orderId, { claims })), 'refunded');
    });

  it('over many small orders are taken for the one case that they are', async () => {
    const rules: string[] = [];
    for (const orderId of ['P-1', 'P-2', 'P-3']) rules.push(await comesTo(back(orderId)));
    assert.deepEqual(rules, ['refunded', 'refunded', 'many-orders-with-other-cases']);
  });

  it('do not count once they were compensated', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'refuse', times: 1 });
    assert.equal(await comesTo(back('L-1')), 'failed');
    assert.equal(await comesTo(back('L-2')), 'refunded');
  });

  it('are ruled on again with the same sums when a person pays less', async () => {
    assert.equal(await comesTo(back('L-1')), 'refunded');
    const handle = await start(back('L-2'));
    const handoff = (await world.waiting(handle.workflowId))!;
    const before = handoff.terms as { payouts: { amount: number }[] };
    const terms = { ...before, payouts: [{ ...before.payouts[0]!, amount: 25_000 }], amount: 25_000 };
    await world.decide(handoff.id, { verdict: 'approved', terms });
    assert.equal((await ending(handle)).outcome, 'refunded');
    const rulings = (await world.record(handle.workflowId)).filter(({ type }) => type === 'policy.ruled');
    const totals = rulings.map(({ body }) => (body as { facts: { amountInAll: number }[] }).facts[0]!.amountInAll);
    assert.deepEqual(totals, [60_000, 55_000]);
  });
});

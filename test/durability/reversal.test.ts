import assert from 'node:assert/strict';
import { startWorkflow } from '../../temporal/start-case.ts';
import { records } from '../workflows/refund-request.ts';
import { until } from '../world.ts';
import { type ReversalWorld, reversalWorld } from './reversal-world.ts';

describe('the reversal of a closed case', function () {
  this.timeout(120_000);
  let world: ReversalWorld;
  before(async () => void (world = await reversalWorld()));
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const refused = async (asked: ReturnType<ReversalWorld['asks']>) => {
    const { status, body } = await asked;
    return [status, body.code];
  };

  it('takes its writes back newest first once an owner approved exactly them, and says so on both records', async () => {
    const held = await world.held();
    const caseId = await world.paid();
    const reversal = await world.opens(caseId);
    const { terms, packet, owner } = await world.answers(reversal, 'customer-support');
    assert.equal(owner, 'customer-support');
    const { outcome, result } = (await world.closed(reversal)) as { outcome: string | null; result: any };
    assert.equal(outcome, 'reversed');
    const took = (terms as { writes: { key: string }[] }).writes.map(({ key }) => key);
    assert.deepEqual(result.compensated, took);
    assert.deepEqual(result.kept, (packet as { kept: unknown }).kept);
    assert.match(result.kept[0].because, /^irreversible: a message that was read cannot be unread/);
    assert.deepEqual(
      (await world.journalOf(caseId)).slice(4).map(({ operation }) => operation),
      ['payments.cancelRefund', 'orders.voidReturn', 'ledger.reverseCreditNote'],
    );
    const { tickets: _, ...others } = await world.held();
    const { tickets: _before, ...before } = held;
    assert.deepEqual(others, before);
    assert.deepEqual((await world.lines(caseId, 'case.reversal-requested'))[0].reversal, reversal);
    const undone = await world.lines(caseId, 'action.compensated');
    assert.deepEqual(
      undone.map(({ because }) => because),
      Array(3).fill(`${reversal}: it was a mistake`),
    );
    const { outcome: kept, reversals } = (await world.find(caseId))!;
    assert.deepEqual([kept, reversals], ['refunded', [{ caseId: reversal, outcome: 'reversed' }]]);
  });

  it('works when Temporal has long forgotten the case', async () => {
    const caseId = await world.paid();
    await world.forget(caseId);
    assert.equal((await world.reverses(caseId)).outcome, 'reversed');
    assert.deepEqual(await world.keys(caseId, 'done').then((keys) => keys.map((key) => key.split('/')[2])), [
      'tellCustomer-1',
    ]);
  });

  it('asked for twice is one reversal, and what was taken back is not taken back again', async () => {
    const caseId = await world.paid();
    const [one, two] = await Promise.all([world.opens(caseId), world.opens(caseId)]);
    assert.equal(one, two);
    await world.answers(one, 'customer-support');
    await world.closed(one);
    assert.deepEqual(await refused(world.asks(caseId)), [409, 'not-reversible']);
    const [key] = await world.keys(caseId, 'compensated');
    assert.deepEqual(await refused(world.asks(caseId, { actions: [key] })), [409, 'nothing-to-reverse']);
    assert.equal((await world.journalOf(caseId)).length, 7);
  });

  it('takes back only what is asked for, and the rest later', async () => {
    const caseId = await world.paid();
    const [, payment] = await world.keys(caseId, 'done');
    const reversal = await world.opens(caseId, { actions: [payment] });
    assert.equal(await world.opens(caseId, { actions: [payment] }), reversal);
    const other = await world.asks(caseId);
    assert.deepEqual([other.status, other.body.code], [409, 'reversal-under-way']);
    assert.ok(other.body.detail.includes(reversal));
    await world.answers(reversal, 'customer-support');
    assert.deepEqual(((await world.closed(reversal)).result as any).compensated, [payment]);
    assert.equal(((await world.reverses(caseId)).result as any).compensated.length, 2);
  });

  it('is not approved by who asked for it, nor by a stranger, and a refusal takes nothing back', async () => {
    const caseId = await world.paid();
    const { caseId: reversal } = await world.ok(world.asks(caseId, {}, 'svea'), 202);
    const own = await world.tries(reversal, 'customer-support', 'approved', {}, 'svea');
    assert.deepEqual([own.status, own.body.code], [403, 'four-eyes']);
    const stranger = await world.tries(reversal, 'customer-support', 'approved', {}, 'leo');
    assert.deepEqual([stranger.status, stranger.body.code], [404, 'not-found']);
    await world.cancel(reversal);
    const second = await world.opens(caseId);
    await world.answers(second, 'customer-support', 'rejected');
    assert.equal((await world.closed(second)).outcome, 'refused');
    assert.equal((await world.journalOf(caseId)).length, 4);
  });

  it('is asked for by an administrator or the queue that owns the process, of a closed case alone', async () => {
    const caseId = await world.paid();
    for (const person of ['leo', 'rita', 'otto', 'ada'])
      assert.deepEqual(await refused(world.asks(caseId, {}, person)), [403, 'role-missing'], person);
    const open = await world.waitingCase({ wishes: [{ action: 'other', orderId: 'O-1' }] });
    assert.deepEqual(await refused(world.asks(open)), [409, 'case-open']);
    await world.cancel(open);
    assert.deepEqual(await refused(world.asks(open)), [409, 'nothing-to-reverse']);
  });

  it('names the write that is none of the case, and says why one cannot be taken back', async () => {
    const [caseId, other] = [await world.paid(), `refund/nobody/payCustomer-1`];
    const unknown = await world.asks(caseId, { actions: [other] });
    assert.deepEqual([unknown.status, unknown.body.code], [422, 'request-invalid']);
    assert.equal(unknown.body.errors[0].field, '/actions/0');
    const [message] = await world.keys(caseId, 'done');
    const told = await world.asks(caseId, { actions: [message] });
    assert.deepEqual([told.status, told.body.code], [409, 'not-reversible']);
    assert.match(told.body.errors[0].message, /a correction is a new message/);
  });

  it('waits for a system that is down, and leaves to its owner what the system refuses', async () => {
    const caseId = await world.paid();
    await world.fault({ operation: 'payments.cancelRefund', mode: 'unavailable', times: 2 });
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse' });
    const { outcome, result } = (await world.reverses(caseId)) as any;
    await world.mend();
    assert.equal(outcome, 'partly-reversed');
    assert.equal(result.compensated.length, 2);
    const { rows } = await world.pool.query(
      `select name as kind, owner from handoffs where kind = 'task' and case_id = $1`,
      [caseId],
    );
    assert.deepEqual(rows, [{ kind: 'undo-failed', owner: 'order-management' }]);
  });

  it('is listed for the queue that its request names, and for nobody else in a queue', async () => {
    const caseId = await world.paid();
    const reversal = await world.opens(caseId);
    await world.asksOf(reversal, 'customer-support');
    const listed = async (as: string, query: string) => {
      const { cases } = await world.ok(world.api.call('GET', `/cases?process=reversal&limit=200${query}`, { as }), 200);
      return (cases as { caseId: string }[]).some((one) => one.caseId === reversal);
    };
    for (const query of ['', '&owner=customer-support', '&stage=waiting']) {
      assert.deepEqual([query, await listed('svea', query)], [query, true]);
      assert.deepEqual([query, await listed('leo', query)], [query, false]);
    }
    await world.cancel(reversal);
    assert.equal(await listed('svea', '&outcome=cancelled'), true);
  });

  for (const mode of ['lose-reply', 'late'])
    it(`that is cancelled finishes what it began to take back, and says what came of it (${mode})`, async () => {
      const caseId = await world.paid();
      const [payment] = (await world.keys(caseId, 'done')).filter((key) => key.includes('payCustomer'));
      const reversal = await world.opens(caseId, { actions: [payment] });
      await world.fault({ operation: 'payments.cancelRefund', mode, times: 1, ms: 6_000 });
      await world.fault({ operation: 'payments.*', mode: 'unavailable' });
      await world.answers(reversal, 'customer-support');
      const sent = () => world.pool.query('select undo_may_land_until as until from actions where key = $1', [payment]);
      await until(async () => (await sent()).rows[0].until, 'the write that takes it back was sent');
      await world.ok(
        world.api.call('POST', `/cases/${encodeURIComponent(reversal)}/cancellation`, { as: 'amos', body: {} }),
        202,
      );
      await world.mend();
      const { outcome, rollback } = await world.closed(reversal);
      assert.deepEqual([outcome, rollback], ['cancelled', 'partial']);
      assert.deepEqual(await world.keys(reversal, 'kept'), [`${reversal}/reverseWrite:1-1`]);
      assert.deepEqual(await world.keys(caseId, 'compensated'), [payment]);
      const undone = (await world.journalOf(caseId)).filter(({ operation }) => operation === 'payments.cancelRefund');
      assert.equal(undone.length, 1);
    });

  it('is opened by its own call alone: no request, no event, no Temporal client opens one', async () => {
    const caseId = await world.paid();
    const request = {
      reversalId: 'forged',
      caseId,
      owner: 'support-leads',
      about: [],
      actions: await world.keys(caseId, 'done'),
      because: '',
    };
    const headers = { 'idempotency-key': 'forged' };
    const asked = await world.api.call('POST', '/processes/reversal/cases', {
      as: 'storefront',
      body: request,
      headers,
    });
    assert.deepEqual([asked.status, asked.body.code], [403, 'role-missing']);
    const event = { specversion: '1.0', id: '1', source: 'portal', type: 'reversal.requested', data: request };
    const type = { 'content-type': 'application/cloudevents+json' };
    const sent = await world.api.call('POST', '/events', { as: 'storefront', body: event, headers: type });
    assert.deepEqual([sent.status, sent.body.code], [422, 'unknown-event']);
    const { taskQueue, client, definitions } = world;
    await startWorkflow(client, definitions['reversal']!, request, { taskQueue, requestedBy: 'amos' });
    await assert.rejects(client.workflow.getHandle('reversal/forged').result());
    assert.equal(await world.find('reversal/forged'), undefined);
    assert.equal((await world.journalOf(caseId)).length, 4);
  });
});

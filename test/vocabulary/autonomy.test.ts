import assert from 'node:assert/strict';
import type { AutonomyLevel } from '../../core/declare/autonomy.ts';
import { setRoles } from '../../store/members.ts';
import { processWorld } from '../workflows/process-world.ts';
import { goodRequest, largeRequest, records } from '../workflows/refund-request.ts';
import { until } from '../world.ts';

const writes = ['ledger.postCreditNote', 'orders.requestReturn', 'payments.refund', 'tickets.reply'];
const supervisors = 'customer-support';

describe('the level of autonomy of a process', function () {
  this.timeout(120_000);
  let world: Awaited<ReturnType<typeof processWorld>>;
  before(async () => {
    world = await processWorld('refund');
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
    await setRoles(world.pool, 'svea', [supervisors]);
  });
  afterEach(() => level('straight-through'));

  const put = (path: string, body: object) =>
    world.ok(world.api.call('PUT', path, { as: 'amos', body: { ...body, because: 'a test' } }), 200);
  const level = (to: AutonomyLevel) => put('/processes/refund/autonomy', { level: to });
  const stop = (stopped: boolean) => put('/switches/process/refund', { stopped });
  const starts = (request = goodRequest()) => world.starts(request, request.requestId);
  const supervised = async (caseId: string) =>
    (await world.lines(caseId, 'handoff.opened')).filter(({ owner }) => owner === supervisors);
  const because = async (caseId: string) => ((await world.closed(caseId)).result as { because: string }).because;
  const held = (caseId: string) =>
    until(async () => {
      const found = await world.pool.query('select 1 from held where case_id = $1 and since is not null', [caseId]);
      return found.rowCount! > 0;
    }, `${caseId} is held`);

  it('that assists puts what a rule allows to the supervising queue, once for all writes on that approval', async () => {
    await level('assist');
    const caseId = await starts();
    const { id, packet, terms, mayAmend } = await world.asksOf(caseId, supervisors);
    assert.deepEqual(await world.operations(caseId), []);
    const { action, operation, approvedBy, alsoCovers } = packet as Record<string, any>;
    assert.deepEqual([action, operation], ['postCreditNote', 'ledger.postCreditNote']);
    assert.equal(approvedBy[0].by, 'eligibility');
    assert.deepEqual(alsoCovers, ['requestReturn', 'cancelOrder', 'payCustomer', 'tellCustomer']);
    assert.equal((terms as { amount: number }).amount, 4_900);
    assert.deepEqual(mayAmend, []);

    await world.answers(caseId, supervisors);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    assert.deepEqual(await world.operations(caseId), writes);
    assert.equal((await supervised(caseId)).length, 1);
    const intents = await world.lines(caseId, 'action.intended');
    for (const { approval } of intents) assert.ok(approval.endsWith(` + ${id}`), approval);
  });

  it('that assists asks nobody again where a person approved', async () => {
    await level('assist');
    const caseId = await starts(largeRequest());
    await world.answers(caseId, 'support-leads');
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    assert.deepEqual(await supervised(caseId), []);
  });

  it('that observes asks the supervising queue also of what a person of another queue approved', async () => {
    await level('observe');
    const caseId = await starts(largeRequest());
    await world.answers(caseId, 'support-leads', 'approved', { because: 'a good customer' });
    const { packet } = await world.asksOf(caseId, supervisors);
    const [given] = (packet as { approvedBy: { by: string; because: string }[] }).approvedBy;
    assert.deepEqual([given?.by, given?.because], ['leo', 'a good customer']);
    assert.deepEqual(await world.operations(caseId), []);
    await world.answers(caseId, supervisors);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
  });

  it('that is lowered while a case waits holds for what that case then writes', async () => {
    const caseId = await starts(largeRequest());
    await world.asksOf(caseId, 'support-leads');
    await level('observe');
    await world.answers(caseId, 'support-leads');
    await world.asksOf(caseId, supervisors);
    assert.deepEqual(await world.operations(caseId), []);
    await world.answers(caseId, supervisors);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
  });

  it('that is raised lets cases go straight through again, and both changes stand in the history', async () => {
    await level('assist');
    await level('straight-through');
    const caseId = await starts();
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    assert.deepEqual(await supervised(caseId), []);
    const { changes } = await world.ok(world.api.call('GET', '/processes/refund/autonomy', { as: 'ada' }), 200);
    const [raised, lowered] = changes;
    assert.deepEqual([raised.was, raised.level, raised.by], ['assist', 'straight-through', 'amos']);
    assert.deepEqual([lowered.was, lowered.level, lowered.because], ['straight-through', 'assist', 'a test']);
  });

  for (const verdict of ['rejected', 'returned'] as const) {
    it(`fails a case whose supervisor ${verdict} it, says who, and takes back what was written before`, async () => {
      await put('/switches/system/payments', { stopped: true });
      const caseId = await starts();
      await held(caseId);
      await level('assist');
      await put('/switches/system/payments', { stopped: false });
      await world.answers(caseId, supervisors, verdict);
      const why = await because(caseId);
      assert.equal((await world.closed(caseId)).outcome, 'failed');
      assert.match(why, new RegExp(`payCustomer: ${verdict} by svea, who supervises it: customer-support says so`));
      assert.deepEqual(await world.operations(caseId), [
        ...['ledger.postCreditNote', 'orders.requestReturn'],
        ...['orders.voidReturn', 'ledger.reverseCreditNote'],
      ]);
    });
  }

  it('takes silence for no approval: what nobody supervises in time fails', async () => {
    await level('assist');
    const caseId = await starts();
    const { id } = await world.asksOf(caseId, supervisors);
    const past = `update handoffs set at_risk_at = now() - interval '3 s', escalates_at = now() - interval '2 s', expires_at = now() where id = $1`;
    await world.pool.query(past, [id]);
    await world.client.workflow.getHandle(caseId).signal('decided', { handoffId: id, verdict: '', by: '' });
    assert.match(await because(caseId), /postCreditNote: expired by baton/);
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('counts no supervisor who has left the queue since', async () => {
    await level('assist');
    const caseId = await starts();
    await world.asksOf(caseId, supervisors);
    await stop(true);
    await world.answers(caseId, supervisors);
    await held(caseId);
    await setRoles(world.pool, 'svea', []);
    await stop(false);
    assert.match(await because(caseId), /svea, who no longer has the role/);
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('withdraws what it asked when the case is cancelled', async () => {
    await level('observe');
    const caseId = await starts();
    const { id } = await world.asksOf(caseId, supervisors);
    assert.equal((await world.cancel(caseId)).outcome, 'cancelled');
    const { body } = await world.api.call('GET', `/handoffs/${encodeURIComponent(id)}`, { as: 'ada' });
    assert.equal(body.state, 'withdrawn');
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('is asked in time of approval, not of writing: facts that were fresh when the supervisor was asked suffice', async () => {
    await level('assist');
    const caseId = await starts();
    await world.asksOf(caseId, supervisors);
    await world.pool.query(
      `update rulings set valid_until = (select max(opened_at) from handoffs where case_id = $1) + interval '1 ms' where case_id = $1`,
      [caseId],
    );
    await world.answers(caseId, supervisors);
    const { outcome, result } = await world.closed(caseId);
    assert.equal(outcome, 'refunded', JSON.stringify(result));
  });
});

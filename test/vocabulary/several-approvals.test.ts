import assert from 'node:assert/strict';
import { findHandoff } from '../../store/handoffs.ts';
import { setRoles } from '../../store/members.ts';
import { until, vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a case that waits for two people of a queue', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => {
    world = await vocabularyWorld();
    await setRoles(world.pool, 'mia', ['support-managers']);
    await setRoles(world.pool, 'otto', ['order-management']);
  });
  after(() => world?.close());

  /** Otto stands in for somebody of the queue who has no token. */
  const absent = async (person: string) => {
    await setRoles(world.pool, person, ['support-leads']);
    await world.pool.query(
      `insert into delegations (delegator, delegate, begins_at, ends_at) values ($1, 'mia', now(), now() + interval '1 hour')`,
      [person],
    );
  };

  it('goes on once, on the terms that both approved', async () => {
    await absent('lee');
    const caseId = await world.begin('two of a queue');
    const { id } = await world.asked(caseId, 'board-1');
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.equal(await world.answer(id, 'mia', { amend: { amount: 1_500 } }), '200');
    assert.equal((await findHandoff(world.pool, id))!.state, 'open');
    assert.equal(await world.answer(id, 'leo', { version: 2 }), '200');
    assert.equal(await world.text(caseId), 'leo: 1500');
    assert.deepEqual(await world.written(caseId), ['ledger.postCreditNote']);
    const types = await world.types(caseId);
    assert.deepEqual(
      types.filter((type) => type.startsWith('handoff.')),
      ['handoff.opened', ...Array<string>(3).fill('handoff.approval-given'), 'handoff.decided'],
    );
  });

  it('hears of the first no alone', async () => {
    const caseId = await world.begin('two of a queue');
    const { id } = await world.asked(caseId, 'board-1');
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.equal(await world.answer(id, 'mia', { verdict: 'rejected' }), '200');
    assert.equal(await world.text(caseId), 'rejected by mia');
  });

  it('expires as ever, when only one did', async () => {
    const caseId = await world.begin('two of a queue');
    const { id } = await world.asked(caseId, 'board-1');
    assert.equal(await world.answer(id, 'leo'), '200');
    await world.pool.query(
      `update handoffs set at_risk_at = now(), escalates_at = now(), expires_at = now() where id = $1`,
      [id],
    );
    await world.api.call('POST', `/handoffs/${encodeURIComponent(id)}/claim`, { as: 'leo' });
    assert.equal((await findHandoff(world.pool, id))!.decision!.verdict, 'expired');
    const cancelled = await world.begin('two of a queue');
    const asked = await world.asked(cancelled, 'board-1');
    await world.answer(asked.id, 'leo');
    const path = `/cases/${encodeURIComponent(cancelled)}/cancellation`;
    assert.equal((await world.api.call('POST', path, { as: 'amos', body: {} })).status, 202);
    await until(
      async () => (await findHandoff(world.pool, asked.id))!.state === 'withdrawn',
      'what was asked is withdrawn',
    );
  });
});

import assert from 'node:assert/strict';
import { factsOf } from '../../store/event-facts.ts';
import { waitingCase } from '../api/world.ts';
import { openTask } from '../../store/tasks.ts';
import { outboundWorld, type OutboundWorld } from './world.ts';

describe('the handoff that a line is about', function () {
  this.timeout(60_000);
  let world: OutboundWorld;
  before(async () => void (world = await outboundWorld()));
  after(() => world.close());

  it('is found by the line’s key, by what is before a stage or an instant in it, or by the line itself', async () => {
    const { id, caseId } = await waitingCase(world.pool, 'facts');
    const key = `${caseId}/payCustomer:payout-1-1`;
    await openTask(world.pool, {
      ...{ caseId, key, kind: 'outcome-unknown', owner: 'support-leads', escalateTo: 'support-managers' },
      ...{ because: 'no answer', detail: {} },
    });
    const task = `${key}/outcome-unknown`;
    const line = { caseId, seq: 1, process: 'refund', type: 'handoff.opened', actor: 'baton', at: '', body: {} };
    const lines = [
      [id, {}, id],
      [`${id}/at-risk`, {}, id],
      [`${id}/2026-03-02T09:00:00.000Z`, null, id],
      [`${caseId}/question-1`, { handoff: id }, id],
      [task, {}, task],
      [`${task}/escalated`, {}, task],
      [`${caseId}/none-1`, {}, undefined],
      [caseId, {}, undefined],
    ] as const;
    const all = lines.map(([key, body]) => ({ ...line, key, body }));
    const facts = await factsOf(world.pool, all);
    for (const [n, [key, , expected]] of lines.entries()) assert.equal(facts.handoffOf(all[n]!)?.id, expected, key);
  });
});

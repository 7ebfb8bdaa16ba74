import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setRoles } from '../../store/members.ts';
import { createWorld, ending, type World } from '../world.ts';
import { records } from './access-request/records.ts';

describe('a access request', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    await setRoles(world.pool, 'access-request-lead', ['access-request-leads']);
  });
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const run = (more: object = {}) =>
    world.start('access-request', { requestId: `R-${randomUUID()}`, subject: 'S-1', wish: 'open on Sundays', ...more });
  const written = async () => (await world.journal()).map(({ operation, body }) => [operation, body]);

  it('in order is entered at once', async () => {
    const { outcome } = await ending(await run());
    assert.equal(outcome, 'entered');
    assert.deepEqual(await written(), [['accessRequestRegister.enter', { subject: 'S-1', note: 'open on Sundays' }]]);
  });

  it('that the model is not sure about is entered once a lead approved it', async () => {
    await world.misbehave({ mode: 'unsure', times: 1, for: 'access-request_assess' });
    const handle = await run();
    const handoff = await world.waiting(handle.workflowId);
    assert.equal(handoff?.owner, 'access-request-leads');
    assert.deepEqual(await written(), []);
    await world.decide(handoff!.id, { verdict: 'approved', by: 'access-request-lead', role: 'access-request-leads' });
    assert.equal((await ending(handle)).outcome, 'entered');
    assert.equal((await written()).length, 1);
  });

  it('about a closed or an unknown subject is declined', async () => {
    for (const [subject, because] of [
      ['S-2', 'closed-subject'],
      ['S-3', 'unknown-subject'],
    ]) {
      assert.deepEqual(await ending(await run({ subject })), { outcome: 'declined', result: { because } });
    }
    assert.deepEqual(await written(), []);
  });
});

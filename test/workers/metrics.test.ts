import assert from 'node:assert/strict';
import { workerMetrics } from '../../telemetry/workers.ts';
import { valueIn } from '../telemetry/series.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { createWorld, ending, until, type World } from '../world.ts';

describe('the metrics of a worker process', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() => world.seed(records));

  /** How much a series grew while a good refund ran, and how that ended. */
  async function during(
    prepare: () => Promise<unknown>,
  ): Promise<(name: string, labels: Record<string, string>) => number> {
    const before = await workerMetrics.metrics();
    await prepare();
    await ending(await world.start('refund', goodRequest()));
    const after = await workerMetrics.metrics();
    return (name, labels) => valueIn(after, name, labels) - valueIn(before, name, labels);
  }

  it('count each step, call and question of a case that goes straight through, once', async () => {
    const grew = await during(async () => undefined);
    for (const verb of ['openCase', 'assembleContext', 'runInference', 'checkPolicy', 'closeCase'])
      assert.equal(grew('baton_step_duration_seconds_count', { verb, process: 'refund', outcome: 'done' }), 1, verb);
    assert.equal(grew('baton_step_duration_seconds_count', { verb: 'performAction', outcome: 'done' }), 4);
    const paid = { operation: 'payments.refund', call: 'write', answer: 'done' };
    assert.equal(grew('baton_system_call_duration_seconds_count', paid), 1);
    assert.equal(grew('baton_system_retries_total', { operation: 'payments.refund' }), 0);
    assert.equal(grew('baton_model_request_duration_seconds_count', { model: 'stand-in', outcome: 'usable' }), 1);
    for (const type of ['input', 'output'])
      assert.ok(grew('baton_model_tokens_total', { model: 'stand-in', type }) > 0, type);
  });

  it('tell a system that was away, the step that was tried again, and the call of the further try', async () => {
    const grew = await during(() => world.fault({ operation: 'payments.refund', mode: 'unavailable', times: 1 }));
    const write = { operation: 'payments.refund', call: 'write' };
    assert.equal(grew('baton_system_call_duration_seconds_count', { ...write, answer: 'unavailable' }), 1);
    assert.equal(grew('baton_system_call_duration_seconds_count', { ...write, answer: 'done' }), 1);
    assert.equal(grew('baton_step_duration_seconds_count', { verb: 'performAction', outcome: 'later' }), 1);
    assert.ok(grew('baton_system_retries_total', { system: 'payments', operation: 'payments.refund' }) >= 1);
  });

  it('tell a refusal, and the steps that take back what was done', async () => {
    const compensated = async () =>
      valueIn(await workerMetrics.metrics(), 'baton_step_duration_seconds_count', {
        ...{ verb: 'compensateAction', outcome: 'done' },
      });
    const before = await compensated();
    const grew = await during(() => world.fault({ operation: 'payments.refund', mode: 'refuse', times: 9 }));
    await world.mend();
    const refused = { operation: 'payments.refund', answer: 'refused' };
    assert.ok(grew('baton_system_call_duration_seconds_count', refused) >= 1);
    assert.equal(grew('baton_step_duration_seconds_count', { verb: 'performAction', outcome: 'refused' }), 1);
    // A try that takes too long is given up, and counted when it ends.
    await until(async () => (await compensated()) > before, 'what was done is taken back');
  });

  it('tell a model whose answer is of no use, with the tokens that it took, from one that is away', async () => {
    const unusable = await during(() => world.misbehave({ mode: 'malformed', times: 1 }));
    const count = 'baton_model_request_duration_seconds_count';
    assert.deepEqual([unusable(count, { outcome: 'unusable' }), unusable(count, { outcome: 'usable' })], [1, 1]);
    await world.seed(records);
    const away = await during(() => world.misbehave({ mode: 'down', times: 1 }));
    assert.deepEqual([away(count, { outcome: 'unavailable' }), away(count, { outcome: 'usable' })], [1, 1]);
    const tokens = (grew: typeof away) => grew('baton_model_tokens_total', { model: 'stand-in', type: 'input' });
    assert.ok(tokens(unusable) > tokens(away));
  });
});

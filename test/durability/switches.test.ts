import assert from 'node:assert/strict';
import { processWorld } from '../workflows/process-world.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { until } from '../world.ts';

const writes = ['ledger.postCreditNote', 'orders.requestReturn', 'payments.refund', 'tickets.reply'];

describe('a switch', function () {
  this.timeout(120_000);
  let world: Awaited<ReturnType<typeof processWorld>>;
  before(async () => {
    world = await processWorld('refund', { conditions: { retryForMs: 2_000 } });
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.mend();
    await world.behave();
    await world.seed(records);
  });

  afterEach(async () => {
    const { body } = await world.api.call('GET', '/switches', { as: 'ada' });
    for (const { scope, name, stopped } of body.switches) if (stopped) await set(`${scope}/${name}`, false);
  });

  const set = async (id: string, stopped: boolean) => {
    const path = id === 'all' ? 'all/all' : id;
    await world.ok(
      world.api.call('PUT', `/switches/${path}`, { as: 'amos', body: { stopped, because: 'a test' } }),
      200,
    );
  };
  const starts = () => {
    const request = goodRequest();
    return world.starts(request, request.requestId);
  };
  const seen = async (caseId: string) => {
    const got = await world.api.call('GET', `/cases/${encodeURIComponent(caseId)}`, { as: 'ada' });
    return got.body as { stage: string; waitingOn: { for: string; id: string }[] };
  };
  /** Held and tried again so often. */
  const held = (caseId: string, times = 1) =>
    until(async () => {
      const found = await world.pool.query('select 1 from held where case_id = $1 and times >= $2', [caseId, times]);
      return found.rowCount! > 0;
    }, `${caseId} is held`);

  const kinds = [
    ['all', 'inference.held'], // also the model's
    ['process/refund', 'action.held'],
    ['system/ledger', 'action.held'],
  ] as const;
  for (const [id, line] of kinds) {
    it(`of ${id} lets no new write begin, shows what it holds, and once lifted all goes on`, async () => {
      await set(id, true);
      const caseId = await starts();
      await held(caseId, 3);
      assert.deepEqual(await world.operations(caseId), []);
      const { stage, waitingOn } = await seen(caseId);
      assert.deepEqual([stage, waitingOn], ['waiting', [{ for: 'switch', id }]]);
      const listed = await world.api.call('GET', '/cases?stage=waiting', { as: 'ada' });
      assert.ok(listed.body.cases.some((one: { caseId: string }) => one.caseId === caseId));
      assert.deepEqual(await world.lines(caseId, line), [{ stop: id }]);

      await set(id, false);
      assert.equal((await world.closed(caseId)).outcome, 'refunded');
      assert.deepEqual(await world.operations(caseId), writes);
      assert.deepEqual((await seen(caseId)).waitingOn, []);
    });
  }

  it('of another process, system or model holds nothing', async () => {
    const others = ['process/lead-intake', 'system/bookings', 'model/another'];
    for (const id of others) await set(id, true);
    const caseId = await starts();
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    for (const id of others) await set(id, false);
    assert.deepEqual(await world.lines(caseId, 'action.held'), []);
  });

  it('that holds the second write lets the first be undone when the case is cancelled', async () => {
    await set('system/payments', true);
    const caseId = await starts();
    await held(caseId);
    await set('all', true);
    assert.equal((await world.cancel(caseId)).outcome, 'cancelled');
    assert.deepEqual(await world.operations(caseId), [
      ...['ledger.postCreditNote', 'orders.requestReturn'],
      ...['orders.voidReturn', 'ledger.reverseCreditNote'],
    ]);
    await set('all', false);
    await set('system/payments', false);
  });

  it('holds a write that was begun and surely not applied, too, and that time is not the system’s', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'unavailable' });
    const caseId = await starts();
    const begun = `${caseId}/payCustomer:payout-1-1`;
    await until(async () => {
      const { rows } = await world.pool.query(
        `select key from actions where case_id = $1 and state = 'intended' and may_land_until is null`,
        [caseId],
      );
      return rows.length > 0;
    }, 'payments turned it away');
    await set('process/refund', true);
    await world.mend();
    await held(caseId, 2);
    assert.ok(!(await world.operations(caseId)).includes('payments.refund'), begun);
    await set('process/refund', false);
    assert.equal((await world.closed(caseId)).outcome, 'refunded'); // it was held for longer than writes are tried
    assert.deepEqual(await world.operations(caseId), writes);
  });

  /** As though the case had been ruled on and held so many hours earlier, on facts that were fresh for 15 minutes. */
  const heldFor = async (caseId: string, hours: number) => {
    const ago = `- interval '${hours} hours'`;
    await world.pool.query(
      `with ruled as (update rulings set at = at ${ago}, valid_until = clock_timestamp() + interval '15 minutes' ${ago} where case_id = $1)
       update held set first_at = first_at ${ago}, since = since ${ago} where case_id = $1`,
      [caseId],
    );
  };

  it('that is lifted finds a ruling good that grew stale meanwhile, for all that is written on it', async () => {
    await set('process/refund', true);
    const caseId = await starts();
    await held(caseId);
    await heldFor(caseId, 23);
    await set('process/refund', false);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
  });

  it('that held for longer than a day does not: what was ruled on is out of date', async () => {
    await set('process/refund', true);
    const caseId = await starts();
    await held(caseId);
    await heldFor(caseId, 25); // the next try of the write finds that
    const { outcome, result } = await world.closed(caseId);
    assert.equal(outcome, 'failed');
    assert.match((result as { because: string }).because, /out of date/);
    assert.deepEqual(await world.operations(caseId), []);
  });

  it('of a model holds its calls, spends none of its tries, and leaves nothing to the fallback', async () => {
    await set('model/stand-in', true);
    const before = (await world.asked()).length;
    const caseId = await starts();
    await held(caseId, 3);
    assert.equal((await world.asked()).length, before);
    assert.deepEqual((await seen(caseId)).waitingOn, [{ for: 'switch', id: 'model/stand-in' }]);
    await world.misbehave({ mode: 'malformed', times: 2 });
    await set('model/stand-in', false);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    assert.equal((await world.lines(caseId, 'inference.fell-back')).length, 0);
    assert.equal((await world.lines(caseId, 'inference.answered')).length, 1);
  });
});

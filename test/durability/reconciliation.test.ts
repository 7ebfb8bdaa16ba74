import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ScheduleHandle } from '@temporalio/client';
import { taskOf } from '../../activities/task-of.ts';
import { findAction } from '../../store/actions.ts';
import { transaction } from '../../store/pool.ts';
import { openTask } from '../../store/tasks.ts';
import { at } from '../api/world.ts';
import { play } from '../../scripts/play.ts';
import { prepareReconciliation } from '../../workers/schedules.ts';
import type { Reconciled } from '../../core/run/reconciliation.ts';
import type { Sample } from '../../workflows/sample.ts';
import { systemOf } from '../../systems/index.ts';
import * as samples from '../../workflows/samples.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { forgetSamples } from '../workflows/forget-samples.ts';
import { processWorld } from '../workflows/process-world.ts';
import { until } from '../world.ts';

describe('the reconciliation', function () {
  this.timeout(300_000);
  let world: Awaited<ReturnType<typeof processWorld>>;
  let handle: ScheduleHandle;
  let journal: pg.Pool;
  before(async () => {
    // So short that what a test did is compared at once; nothing is under way then.
    await forgetSamples();
    world = await processWorld('refund', { timing: { reconcileAfterMs: 1_000 }, conditions: { retryForMs: 2_000 } });
    const { client, taskQueue, databaseUrl } = world;
    handle = client.schedule.getHandle(await prepareReconciliation(client, taskQueue));
    journal = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  });
  after(async () => {
    await handle?.delete();
    await journal?.end();
    await world?.close();
  });

  /** Runs it when all is at rest, and answers what came of it. */
  const reconcile = async (restMs = 2_500): Promise<Reconciled> => {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    const { client, taskQueue } = world;
    const workflowId = `reconciliation/${taskQueue}-${randomUUID()}`;
    return client.workflow.execute('reconciliation', { workflowId, taskQueue });
  };
  const found = async () => {
    const text = `select step_key as key, owner, packet->>'because' as because from handoffs where name = 'reconciliation' order by opened_at`;
    return (await world.pool.query<{ key: string; owner: string; because: string }>(text)).rows;
  };
  const played = (some: Record<string, Sample[]>) => {
    const { systems, model, pool, client, api, definitions } = world;
    const urls = { apiUrl: api.api.url, sandboxUrl: systems.url, modelUrl: model.url };
    const stage = { ...urls, pool, client, say: () => undefined, over: () => false };
    return Object.entries(some).reduce<Promise<unknown>>(
      (before, [process, all]) => before.then(() => play(stage, definitions[process]!, all, false)),
      Promise.resolve(),
    );
  };
  const paid = async () => {
    await world.change(records); // what the one before returned can be returned again
    await world.pool.query('delete from counted');
    const request = goodRequest();
    const caseId = await world.starts(request, request.requestId);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    return caseId;
  };
  const keyOf = async (caseId: string, action: string) =>
    (await world.pool.query('select key from actions where case_id = $1 and action = $2', [caseId, action])).rows[0]
      .key as string;
  /** As if somebody had changed the system past Baton, or it had lost it. */
  const unlist = (key: string) => journal.query('delete from sandbox.journal where key = $1', [key]);
  const applied = (operation: string, key: string, body: object) =>
    world.ok(
      fetch(`${world.systems.url}/${operation.replace('.', '/')}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }).then(async (got) => ({ status: got.status, text: await got.text(), body: {}, headers: got.headers })),
      200,
    );

  it('is run by a schedule, hourly, never twice at a time', async () => {
    const { spec, policies } = await handle.describe();
    assert.deepEqual([spec.intervals?.map(({ every }) => every), policies.overlap], [[3_600_000], 'SKIP']);
    await handle.trigger();
    const fired = await until(async () => (await handle.describe()).info.recentActions[0], 'it has fired');
    const { workflowId, firstExecutionRunId } = fired.action.workflow;
    const run = world.client.workflow.getHandle(workflowId, firstExecutionRunId);
    assert.equal(((await run.result()) as Reconciled).differences, 0);
  });

  it('finds nothing while cases of every process write, and nothing once they came to rest', async () => {
    const writing = played(Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, all.slice(0, 4)])));
    const state = { over: false };
    void writing.finally(() => (state.over = true));
    while (!state.over) assert.equal((await reconcile(500)).differences, 0, JSON.stringify(await found()));
    await writing;
    const { differences, compared, unlisted } = await reconcile();
    assert.equal(differences, 0);
    assert.deepEqual(unlisted, ['directory']);
    assert.ok(compared.includes('payments') && !compared.includes('directory'));
    assert.deepEqual(await found(), []);
  });

  it('finds each difference once, and gives it to whoever answers for the system', async () => {
    const [lost, refusedCase, openUndo, handUndo] = [await paid(), await paid(), await paid(), await paid()];
    const planted = new Map<string, string>();
    const plant = (key: string, because: string) => planted.set(key, because);

    const lostKey = await keyOf(lost, 'payCustomer');
    await unlist(lostKey);
    plant(lostKey, 'By our record it was done; the system knows nothing of it');

    const refusedKey = await keyOf(refusedCase, 'tellCustomer');
    await world.pool.query(`update actions set state = 'refused' where key = $1`, [refusedKey]);
    plant(refusedKey, 'The system applied it; by our record it is refused');
    const intendedKey = await keyOf(refusedCase, 'payCustomer');
    await world.pool.query(`update actions set state = 'intended' where key = $1`, [intendedKey]);
    plant(intendedKey, 'The system applied it; by our record it is intended');
    const unknownKey = await keyOf(refusedCase, 'postCreditNote');
    await world.pool.query(`update actions set state = 'unknown' where key = $1`, [unknownKey]);
    plant(unknownKey, 'The system applied it; by our record it is unknown');

    const undoneKey = await keyOf(openUndo, 'postCreditNote');
    await world.pool.query(`update actions set state = 'compensated' where key = $1`, [undoneKey]);
    plant(`${undoneKey}/undo`, 'By our record it was taken back; the system applied it and did not take it back');
    const goneKey = await keyOf(openUndo, 'requestReturn');
    await world.pool.query(`update actions set state = 'compensated' where key = $1`, [goneKey]);
    await unlist(goneKey);
    plant(`${goneKey}/undo`, 'By our record it was taken back; the system knows nothing of it');

    const payment = await keyOf(handUndo, 'payCustomer');
    const { rows } = await world.pool.query('select input, result from actions where key = $1', [payment]);
    await applied('payments.cancelRefund', `${payment}/undo`, rows[0]);
    plant(`${payment}/undo`, 'The system took it back; by our record it is done');

    const never = `${lost}/tellCustomer-7`;
    await applied('tickets.reply', never, { requestId: 'r', reply: 'Hello.' });
    plant(never, 'The system applied it; by our record it was never intended');

    assert.equal((await reconcile()).differences, planted.size);
    assert.deepEqual(new Map((await found()).map(({ key, because }) => [key, because])), planted);
    const owners = Object.fromEntries((await found()).map(({ key, owner }) => [key, owner]));
    assert.equal(owners[lostKey], systemOf('payments.refund')!.owner);
    const line = (await world.lines(lost, 'handoff.opened')).find(({ task }) => task === 'reconciliation');
    assert.deepEqual([line.packet.ours.state, line.packet.theirs], ['done', { applied: false, undone: false }]);

    assert.equal((await reconcile()).differences, 0);
    assert.equal((await found()).length, planted.size);
    const { text } = await world.api.call('GET', '/metrics', { as: 'ada' });
    assert.ok(text.includes(`baton_reconciliation_differences ${planted.size}\n`), text);
    assert.match(text, /baton_reconciliation_completed_timestamp_seconds 1\d{9}/);
  });

  it('compares what a person settled, too, once their task is completed; what they explain is not raised again', async () => {
    const caseId = await paid();
    const key = await keyOf(caseId, 'payCustomer');
    const payment = (await findAction(world.pool, key))!;
    await transaction(world.pool, (db) =>
      openTask(db, taskOf(world.definitions, payment, 'terminated', 'It ended elsewhere')),
    );
    const complete = (kind: string, as: string, found: string) => {
      const body = { found, because: 'seen in the ledger' };
      return world.ok(world.api.call('POST', `/handoffs/${at(`${key}/${kind}`)}/completion`, { as, body }), 200);
    };
    // What moved before is in no window any more.
    for (let runs = 0; runs < 4; runs++) assert.equal((await reconcile()).differences, 0);
    await complete('terminated', 'fiona', 'undone');
    assert.equal((await reconcile()).differences, 1);
    const because = 'By our record it was taken back; the system applied it and did not take it back';
    assert.deepEqual((await found()).at(-1), { key: `${key}/undo`, owner: 'finance', because });
    await complete('undo/reconciliation', 'fiona', 'explained');
    assert.equal((await reconcile()).differences, 0);
  });

  it('lists what belongs to no case here until an administrator says what became of it', async () => {
    const key = 'refund/of-an-older-backup/tellCustomer-1';
    await applied('tickets.reply', key, { requestId: 'r', reply: 'Hello.' });
    await applied('tickets.reply', 'another application', { requestId: 'r', reply: 'Hello.' });
    const { client, taskQueue } = world;
    const workflowId = 'refund/of-an-older-backup';
    await client.workflow.start('refund', { workflowId, taskQueue, args: [goodRequest()], startDelay: '1 hour' });

    const strays = async () => (await world.ok(world.api.call('GET', '/strays', { as: 'ada' }), 200)).strays;
    const counted = async () => {
      const { text } = await world.api.call('GET', '/metrics', { as: 'ada' });
      return /baton_reconciliation_strays (\d+)/.exec(text)?.[1];
    };
    const before = await found();
    assert.equal((await reconcile()).differences, 2);
    assert.equal((await reconcile()).differences, 0);
    assert.deepEqual(await found(), before);
    const listed = (await strays()).map(({ key, because }: Record<string, string>) => [key, because]);
    assert.deepEqual(listed.sort(), [
      [workflowId, 'Its workflow runs in Temporal; the store knows no such case'],
      [key, 'The system applied it; the store knows no such case'],
    ]);
    assert.equal(await counted(), '2');
    const body = { strays: [workflowId, key, 'another'], because: 'of the backup of May' };
    const settle = (as: string) => world.api.call('POST', '/strays/settling', { as, body });
    assert.equal((await settle('ada')).body.code, 'role-missing');
    assert.deepEqual((await world.ok(settle('amos'), 200)).settled.sort(), [workflowId, key]);
    assert.deepEqual([await strays(), await counted()], [[], '0']);
    const settled = async (next = '') =>
      world.ok(world.api.call('GET', `/strays?settled=true&limit=1${next}`, { as: 'ada' }), 200);
    const first = await settled();
    const second = await settled(`&before=${first.next}`);
    const { settledBy, settledBecause, settledAt } = first.strays[0];
    assert.deepEqual([settledBy, settledBecause, typeof settledAt], ['amos', body.because, 'string']);
    assert.deepEqual([...first.strays, ...second.strays].map((one) => one.key).sort(), [workflowId, key]);
    assert.deepEqual((await settled(`&before=${second.next}`)).strays, []);
    await client.workflow.getHandle(workflowId).terminate();
  });

  it('finds what a system applied twice under one key, once, also when it was listed before', async () => {
    const caseId = await paid();
    const [early, late] = [await keyOf(caseId, 'payCustomer'), await keyOf(caseId, 'postCreditNote')];
    const again = (key: string) =>
      journal.query(
        `insert into sandbox.journal (system, operation, key, body, result, deduped)
         select system, operation, key, body, result, false from sandbox.journal where key = $1`,
        [key],
      );
    await again(early);
    assert.equal((await reconcile()).differences, 1);
    const because = 'The system applied it 2 times under one key';
    assert.deepEqual((await found()).at(-1), { key: `${early}/doubled`, owner: 'finance', because });
    await again(late);
    assert.equal((await reconcile()).differences, 1);
    assert.equal((await found()).at(-1)!.key, `${late}/doubled`);
    assert.equal((await reconcile()).differences, 0);
  });

  it('gives a workflow that runs although its case is closed to the owner of the process', async () => {
    const request = goodRequest({ wishes: [{ action: 'other' }] });
    const caseId = await world.starts(request, request.requestId);
    await world.asksOf(caseId, 'support-leads');
    await world.pool.query(
      `update cases set closed_at = now() - interval '1 hour', outcome = 'declined' where case_id = $1`,
      [caseId],
    );
    assert.equal((await reconcile()).differences, 1);
    assert.equal((await reconcile()).differences, 0);
    const because = 'Its workflow runs in Temporal; by our record the case is closed';
    assert.deepEqual((await found()).at(-1), { key: caseId, owner: 'customer-support', because });
    await world.client.workflow.getHandle(caseId).terminate();
  });

  it('compares the other systems while one is down, and says that it did not come to its end', async () => {
    const runs = async () => (await world.pool.query('select run_id from reconciliations')).rows.length;
    const caseId = await paid();
    const key = await keyOf(caseId, 'postCreditNote');
    await unlist(key);
    const before = await runs();
    await world.fault({ operation: 'tickets._effects', mode: 'unavailable' });
    await assert.rejects(reconcile(), (error: Error & { cause?: Error }) => {
      assert.match(error.cause?.message ?? '', /did not answer: tickets$/);
      return true;
    });
    await world.mend();
    assert.equal((await found()).at(-1)!.key, key);
    assert.equal(await runs(), before);
    assert.equal((await reconcile()).differences, 0);
    assert.equal(await runs(), before + 1);
  });
});

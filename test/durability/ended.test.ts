import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { watchOnce } from '../../api/watch.ts';
import { connectTemporal, type Temporal } from '../../temporal/client.ts';
import { addSignal } from '../../store/signals.ts';
import { accept, delivered } from '../../store/inbox.ts';
import { digest } from '../../store/digest.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { at, world as apiWorld, type World as Api } from '../api/world.ts';
import { codec, temporal as server } from '../harness.ts';
import { ending, until, type World } from '../world.ts';
import { definition } from './processes/definition.ts';
import { errand, errandWorld, typesOf, tasksOf } from './errands.ts';
import type { Report } from '../../environment/log.ts';

describe('a case whose workflow ended elsewhere', function () {
  this.timeout(120_000);
  let world: World;
  let temporal: Temporal;
  const reports: string[] = [];
  before(async () => {
    world = await errandWorld();
    const { address, namespace } = await server();
    temporal = connectTemporal({ address, namespace, dataConverter: dataConverter(codec) });
  });
  after(async () => {
    await temporal?.close();
    await world?.close();
  });
  beforeEach(() => void reports.splice(0));

  const watch = (more: { temporal?: Temporal; afterMs?: number; atMost?: number } = {}) => {
    const { pool, definitions, taskQueue } = world;
    const report: Report = (line, about) => void reports.push(`${about?.case ?? ''} ${line}`);
    const { afterMs = 0, atMost = 200 } = more;
    const deps = { pool, definitions, taskQueue, report, temporal: more.temporal ?? temporal };
    return watchOnce(deps, { afterMs, atMost });
  };
  const waitingCase = async (story = 'writes, then asks', more: object = {}) => {
    const handle = await world.start('errand', errand(story, more));
    await world.waiting(handle.workflowId);
    return handle;
  };
  const found = async (caseId: string) => (await world.find(caseId))!;
  const workflowService = async () => (await server()).connection.workflowService;
  const forget = async ({ workflowId }: WorkflowHandle) => {
    const { namespace } = await server();
    await (await workflowService()).deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
    const quoted = `'${workflowId.replaceAll("'", "''")}'`;
    const gone = async () => (await world.client.workflow.count(`WorkflowId = ${quoted}`)).count === 0;
    await until(gone, `${workflowId} is deleted`);
  };
  const unknown = async () => (await world.pool.query('select case_id from unknown_cases')).rows.length;

  const ends: Record<string, { how: string; end: () => Promise<string> }> = {
    'is terminated while it waits for a person': {
      how: 'terminated',
      async end() {
        const handle = await waitingCase();
        await handle.terminate('by hand');
        return handle.workflowId;
      },
    },
    'is terminated while it waits for an event': {
      how: 'terminated',
      async end() {
        const handle = await waitingCase('waits for one event');
        await handle.terminate();
        return handle.workflowId;
      },
    },
    'runs out of the time that its start gave it': {
      how: 'timed out',
      async end() {
        const request = errand('asks one');
        const workflowId = `errand/${request.id}`;
        const { taskQueue } = world;
        const workflowRunTimeout = '2 seconds';
        const handle = await world.client.workflow.start('errand', {
          ...{ workflowId, taskQueue, workflowRunTimeout, args: [request] },
        });
        await world.waiting(workflowId);
        await assert.rejects(handle.result());
        return workflowId;
      },
    },
    'is terminated, and another was started under its id': {
      how: 'failed',
      async end() {
        const handle = await waitingCase('asks one');
        await handle.terminate();
        const [workflowId, { taskQueue }] = [handle.workflowId, world];
        const request = { ...errand('asks one'), id: workflowId.split('/')[1]! };
        const again = await world.client.workflow.start('errand', { workflowId, taskQueue, args: [request] });
        await ending(again);
        return workflowId;
      },
    },
    'is terminated, and another that never begins was started under its id': {
      how: 'terminated',
      async end() {
        const handle = await waitingCase('asks one');
        await handle.terminate();
        await world.client.workflow.start('errand', { workflowId: handle.workflowId, taskQueue: randomUUID() });
        return handle.workflowId;
      },
    },
    'is reset, and terminated after that': {
      how: 'terminated',
      async end() {
        const handle = await waitingCase('asks one');
        await reset(handle);
        await world.client.workflow.getHandle(handle.workflowId).terminate();
        return handle.workflowId;
      },
    },
    'is deleted': { how: 'unknown', end: () => deleted({}) },
    'is deleted, and its key holds what a query would read otherwise': {
      how: 'unknown',
      end: () => deleted({ id: `E-${randomUUID().slice(0, 8)}' OR WorkflowId != 'x` }),
    },
  };
  const deleted = async (more: object) => {
    const handle = await waitingCase('asks one', more);
    await forget(handle);
    await watch(); // one look alone closes nothing that Temporal does not know
    assert.equal((await found(handle.workflowId)).closedAt, null);
    return handle.workflowId;
  };
  const lastTask = (workflowId: string) =>
    until(async () => {
      const { events } = await world.client.workflow.getHandle(workflowId).fetchHistory();
      return events!.findLast(({ workflowTaskCompletedEventAttributes: completed }) => completed);
    }, 'a workflow task is done');
  const reset = async ({ workflowId }: WorkflowHandle) => {
    const { namespace } = await server();
    const done = await lastTask(workflowId);
    const { runId } = await (
      await workflowService()
    ).resetWorkflowExecution({
      ...{ namespace, workflowExecution: { workflowId }, reason: 'a test', requestId: randomUUID() },
      workflowTaskFinishEventId: done.eventId!,
    });
    return runId;
  };

  for (const [what, { how, end }] of Object.entries(ends)) {
    it(`is closed as terminated when it ${what}`, async () => {
      const caseId = await end();
      await watch();
      const { outcome, stage, waitingOn, result } = await found(caseId);
      assert.deepEqual([outcome, stage, waitingOn], ['terminated', 'closed', []]);
      assert.equal((result as { workflow: string }).workflow, how);
      assert.equal(reports.filter((line) => line.includes(caseId)).length, 1, reports.join('\n'));
      const types = await typesOf(world, caseId);
      assert.equal(types.filter((type) => type === 'case.closed').length, 1);
      assert.equal(types.filter((type) => /^(handoff|event)\.withdrawn$/.test(type)).length, 1);
      assert.equal(await unknown(), 0);
    });
  }

  it('leaves each write that stands to the owner of its system, with the write that takes it back', async () => {
    const handle = await waitingCase();
    const caseId = handle.workflowId;
    await handle.terminate();
    await watch();
    const tasks = await tasksOf(world, caseId);
    assert.deepEqual(
      tasks.map(({ kind, owner, packet }) => [kind, owner, packet.written.operation, packet.undo.operation]),
      [
        ['terminated', 'customer-support', 'tickets.reply', undefined],
        ['terminated', 'finance', 'payments.refund', 'payments.cancelRefund'],
        ['terminated', 'finance', 'ledger.postCreditNote', 'ledger.reverseCreditNote'],
      ],
    );
    assert.match(tasks[0]!.packet.undo.none, /cannot be unread/);
    assert.equal((await found(caseId)).rollback, 'partial');
    const { key, packet } = tasks[1]!;
    const effect = (await world.journal()).find((one) => one.key === key)!;
    assert.deepEqual(packet.undo, {
      ...{ operation: 'payments.cancelRefund', key: `${key}/undo` },
      input: { input: effect.body, result: effect.result },
    });
    assert.deepEqual(
      tasks.map(({ id, state }) => [id, state]),
      tasks.map((task) => [`${task.key}/terminated`, 'open']),
    );
  });

  it('leaves also a write that was under way, of which nobody knows yet whether it stands', async () => {
    await world.fault({ operation: 'payments.*', mode: 'hang' });
    const handle = await world.start('errand', errand('sure'));
    const caseId = handle.workflowId;
    const types = async () => (await typesOf(world, caseId)).filter((type) => type === 'action.intended');
    await until(async () => (await types()).length === 2, 'the payment is under way');
    await handle.terminate();
    await watch();
    const written = (await tasksOf(world, caseId)).map(({ packet }) => packet.written);
    assert.deepEqual(
      written.map(({ operation, state }) => [operation, state]),
      [
        ['payments.refund', 'intended'],
        ['ledger.postCreditNote', 'done'],
      ],
    );
    await world.mend();
  });

  it('is closed once by any number that look at once, and what waits for it hears of it', async () => {
    const handles = await Promise.all(Array.from({ length: 5 }, () => waitingCase()));
    await Promise.all(handles.map((handle) => handle.terminate()));
    await Promise.all(Array.from({ length: 4 }, () => watch()));
    for (const { workflowId } of handles) {
      assert.equal((await tasksOf(world, workflowId)).length, 3);
      assert.equal((await typesOf(world, workflowId)).filter((type) => type === 'case.closed').length, 1);
    }
    assert.equal(reports.length, 5);
  });

  const goesOn: Record<string, () => Promise<WorkflowHandle>> = {
    'was reset': async () => {
      const handle = await waitingCase('asks one');
      await reset(handle);
      return world.client.workflow.getHandle(handle.workflowId);
    },
    'was terminated, and reset before anybody looked': async () => {
      const handle = await waitingCase('asks one');
      await lastTask(handle.workflowId);
      await handle.terminate();
      await reset(handle);
      return world.client.workflow.getHandle(handle.workflowId);
    },
    'waits as it should': () => waitingCase('asks one'),
    'has just begun': async () => world.client.workflow.getHandle((await waitingCase('asks one')).workflowId),
  };
  for (const [what, begin] of Object.entries(goesOn)) {
    it(`goes on when it ${what}`, async () => {
      const { workflowId } = await begin();
      await watch();
      await watch();
      assert.equal((await found(workflowId)).closedAt, null);
      await world.decide(`${workflowId}/legal-1`, { verdict: 'rejected' });
      await until(async () => (await found(workflowId)).closedAt, `${workflowId} ends`);
      assert.equal((await found(workflowId)).outcome, 'declined');
    });
  }

  it('is left alone while it has only just begun, whatever Temporal says of it', async () => {
    const handle = await waitingCase('asks one');
    await handle.terminate();
    await watch({ afterMs: 60_000 });
    assert.equal((await found(handle.workflowId)).closedAt, null);
    await watch();
    assert.equal((await found(handle.workflowId)).outcome, 'terminated');
  });

  it('is found at once among more cases than one round looks at', async () => {
    const [terminated, deleted] = [await waitingCase('asks one'), await waitingCase('asks one')];
    const others = await Promise.all(Array.from({ length: 4 }, () => waitingCase('asks one')));
    await terminated.terminate();
    const query = `WorkflowId = '${terminated.workflowId}' AND ExecutionStatus = 'Terminated'`;
    await until(async () => (await world.client.workflow.count(query)).count > 0, 'the index has it');
    await watch({ atMost: 1 });
    assert.equal((await found(terminated.workflowId)).outcome, 'terminated');
    await forget(deleted);
    await watch({ atMost: 1 });
    await watch({ atMost: 1 });
    assert.equal((await found(deleted.workflowId)).outcome, 'terminated');
    for (const { workflowId } of others) assert.equal((await found(workflowId)).closedAt, null);
  });

  it('is closed also when it was accepted and ended before it was opened', async () => {
    const request = errand('asks one');
    const caseId = `errand/${request.id}`;
    const { entry } = await accept(world.pool, {
      ...{ process: 'errand', idempotencyKey: request.id, requestDigest: digest(request), caseId, request },
      ...{ requester: 'rita', asOf: null },
    });
    const start = { workflowId: caseId, taskQueue: `nobody-${randomUUID()}`, args: [request] };
    const handle = await world.client.workflow.start('errand', start);
    await watch();
    await delivered(world.pool, entry!.id);
    await watch();
    assert.equal(await world.find(caseId), undefined);
    await handle.terminate();
    await watch();
    const { outcome, requester } = await found(caseId);
    assert.deepEqual([outcome, requester], ['terminated', 'rita']);
    assert.deepEqual(await typesOf(world, caseId), ['case.opened', 'case.closed']);
  });

  describe('over the API', () => {
    let here: Api;
    before(async () => {
      const { address: temporalAddress } = await server();
      const { pool, taskQueue } = world;
      here = await apiWorld({
        pool,
        taskQueue,
        temporalAddress,
        definitions: { errand: definition },
        watchEveryMs: 300,
      });
    });
    after(() => here?.close());
    const outcomeOf = async (caseId: string) =>
      (await here.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body.outcome as string | null;

    it('is noticed although nobody touches it', async () => {
      const handle = await waitingCase();
      await handle.terminate();
      await until(() => outcomeOf(handle.workflowId), 'it is closed');
      assert.equal(await outcomeOf(handle.workflowId), 'terminated');
    });

    it('is noticed in the same way when it is deleted', async () => {
      const handle = await waitingCase();
      await forget(handle);
      await until(() => outcomeOf(handle.workflowId), 'it is closed');
      assert.equal(await outcomeOf(handle.workflowId), 'terminated');
    });

    it('goes on after a reset, and its link names no run', async () => {
      const { workflowId } = await waitingCase('asks one');
      await reset(world.client.workflow.getHandle(workflowId));
      const { body } = await here.call('GET', `/cases/${at(workflowId)}`, { as: 'ada' });
      assert.ok(body.temporalUrl.endsWith(`/namespaces/default/workflows/${at(workflowId)}`), body.temporalUrl);
      assert.equal(body.status, 'open');
    });

    it('is named by the relay, which gives up what it was to be told', async () => {
      const handle = await waitingCase();
      const caseId = handle.workflowId;
      const body = { handoffId: `${caseId}/legal-1`, verdict: 'approved' as const, by: 'lena' };
      await handle.terminate();
      await addSignal(world.pool, caseId, { signal: 'decided', body }, 0);
      await addSignal(world.pool, caseId, { signal: 'cancel', body: { by: 'rita' } }, 0);
      const waits = async () =>
        (await world.pool.query('select 1 from signals where case_id = $1 and delivered_at is null', [caseId])).rows;
      await until(async () => (await waits()).length === 0, 'the relay has given up');
      const named = here.reports.filter((line) => line.includes('relay:') && line.includes(caseId));
      assert.equal(named.length, 2, here.reports.join('\n'));
    });
  });

  describe('of which a person decides at once', () => {
    let here: Api;
    before(async () => {
      const { address: temporalAddress } = await server();
      const { pool, taskQueue } = world;
      here = await apiWorld({ pool, taskQueue, temporalAddress, definitions: { errand: definition } });
    });
    after(() => here?.close());

    const calls: Record<string, { path: (caseId: string) => string; as: string; body: object; code: string }> = {
      'approves it': {
        path: (caseId) => `/handoffs/${at(`${caseId}/legal-1`)}/decision`,
        ...{ as: 'lena', body: { verdict: 'approved', version: 1 }, code: 'handoff-closed' },
      },
      'sends it back': {
        path: (caseId) => `/handoffs/${at(`${caseId}/legal-1`)}/return`,
        ...{ as: 'lena', body: { because: 'which order?', version: 1 }, code: 'handoff-closed' },
      },
      'claims it': {
        path: (caseId) => `/handoffs/${at(`${caseId}/legal-1`)}/claim`,
        ...{ as: 'lena', body: {}, code: 'handoff-closed' },
      },
      'cancels it': {
        path: (caseId) => `/cases/${at(caseId)}/cancellation`,
        ...{ as: 'amos', body: {}, code: 'case-closed' },
      },
    };
    for (const [what, { path, as, body, code }] of Object.entries(calls)) {
      it(`is refused to whoever ${what}`, async () => {
        const handle = await waitingCase();
        await handle.terminate();
        const got = await here.call('POST', path(handle.workflowId), { as, body });
        assert.deepEqual([got.status, got.body.code], [409, code]);
        assert.equal((await found(handle.workflowId)).outcome, 'terminated');
        assert.equal((await tasksOf(world, handle.workflowId)).length, 3);
      });
    }
  });

  describe('with many others at once', () => {
    const many: WorkflowHandle[] = [];
    before(async () => {
      many.push(...(await Promise.all(Array.from({ length: 11 }, () => waitingCase('asks one')))));
      await Promise.all(many.map(forget));
    });
    const closed = async () =>
      (await Promise.all(many.map(({ workflowId }) => found(workflowId)))).filter(({ closedAt }) => closedAt).length;

    it('is an alarm, and nothing is closed, until a person says that they are gone', async () => {
      const { address: temporalAddress } = await server();
      const { pool, taskQueue } = world;
      const terminated = await waitingCase('asks one');
      await terminated.terminate();
      for (let looks = 0; looks < 3; looks++) assert.equal(await watch(), 11);
      assert.equal(await closed(), 0);
      assert.equal((await found(terminated.workflowId)).closedAt, null);

      const options = { pool, taskQueue, temporalAddress, definitions: { errand: definition }, watchEveryMs: 300 };
      const here = await apiWorld(options);
      try {
        await until(async () => here.reports.find((line) => line.includes('does not know 11')), 'the alarm is said');
        const metrics = await here.call('GET', '/metrics', { as: 'ada' });
        assert.match(metrics.text, /^baton_cases_unknown 11$/m);
        const listed = await here.call('GET', '/unknown-cases', { as: 'ada' });
        const ids = listed.body.cases.map(({ caseId }: { caseId: string }) => caseId);
        assert.deepEqual(ids.toSorted(), many.map(({ workflowId }) => workflowId).toSorted());

        const running = (await waitingCase('asks one')).workflowId;
        const body = { cases: [...ids.slice(0, 6), running] };
        const closing = await here.call('POST', '/unknown-cases/closing', { as: 'amos', body });
        assert.deepEqual(closing.body.closed.toSorted(), ids.slice(0, 6).toSorted());
        assert.equal((await found(running)).closedAt, null);
        const line = (await world.record(ids[0])).find(({ type }) => type === 'case.given-up');
        assert.equal(line?.actor, 'amos');
        await watch();
        assert.equal(await closed(), 6, 'of the others nobody has said anything');
        await here.call('POST', '/unknown-cases/closing', { as: 'amos', body: { cases: ids.slice(6) } });
        assert.equal(await closed(), 11);
        await until(async () => (await found(terminated.workflowId)).closedAt, 'the watch goes on');
      } finally {
        await here.close();
      }
    });

    it('is no case any less when Temporal knows it again: a wrong namespace is put right', async () => {
      const { address } = await server();
      const here = await Promise.all(Array.from({ length: 11 }, () => waitingCase('asks one')));
      const { connection } = await server();
      const namespace = `wrong-${randomUUID()}`;
      await connection.workflowService.registerNamespace({
        ...{ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } },
      });
      const wrong = connectTemporal({ address, namespace });
      await until(() => wrong.within(2_000, ({ workflow }) => workflow.count()).catch(() => undefined), 'it is there');
      for (let looks = 0; looks < 3; looks++) assert.ok((await watch({ temporal: wrong })) > 10);
      await wrong.close();
      assert.equal(await watch(), 0);
      for (const { workflowId } of here) assert.equal((await found(workflowId)).closedAt, null);
    });
  });
});

import assert from 'node:assert/strict';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Pool } from 'pg';
import { usualTiming } from '../../activities/dependencies.ts';
import { startWorkflow } from '../../temporal/start-case.ts';
import { searchAttributes } from '../../temporal/search-attributes.ts';
import { createModel } from '../../models/client.ts';
import { describeCase } from '../../store/cases.ts';
import { createPool } from '../../store/pool.ts';
import { createSystems } from '../../systems/client.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { seedTables } from '../../workers/prepare.ts';
import { createWorkers } from '../../workers/worker.ts';
import * as declared from '../../workflows/definitions.ts';
import { bundle, codec, migratedDatabase, runtime } from '../harness.ts';
import { type SandboxProcess, sandboxProcess } from '../systems/sandbox-process.ts';
import { timeSkippingServer } from '../time-skipping-server.ts';
import { until } from '../world.ts';
import { employeeId, records, request, roleId } from './access-request/good-world.ts';

const definition = declared['access-request'];
/** By Temporal's own numbers. */
const attributeTypes: Record<string, number> = { KEYWORD: 2, DATETIME: 6, KEYWORD_LIST: 7 };
const taskQueue = 'ninety-days';
const caseId = 'access-request/AR-90';

/** On a server in which ninety days pass in moments; the store's clock is moved by as much. */
describe('ninety days of a grant', () => {
  let env: TestWorkflowEnvironment;
  let sandbox: SandboxProcess;
  let pool: Pool;
  let stopWorkers = async () => {};

  before(async function () {
    this.timeout(300_000);
    const found = await timeSkippingServer();
    if ('absent' in found) {
      console.log(`      skipped: ${found.absent}`);
      return this.skip();
    }
    await runtime();
    env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: found.program } },
    });
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(searchAttributes.map(({ name, type }) => [name, attributeTypes[type]!])),
    });
    const databaseUrl = await migratedDatabase();
    pool = createPool(databaseUrl);
    sandbox = await sandboxProcess(databaseUrl);
    await sandbox.send('PUT', '/_records', records({ role: { jobCodes: ['A20'] } }));
    await seedTables(pool, { 'access-request': definition });
  });
  after(async () => {
    await stopWorkers();
    await Promise.all([env?.teardown(), pool?.end(), sandbox?.stop()]);
  });

  async function startWorkers() {
    const workers: Worker[] = await createWorkers({
      ...{ connection: env.nativeConnection, namespace: 'default', taskQueue, workflowBundle: await bundle() },
      dataConverter: dataConverter(codec),
      maxCachedWorkflows: 0, // or this server would keep a task for the worker that went
      dependencies: {
        ...{ pool, definitions: { 'access-request': definition }, timing: usualTiming },
        systems: createSystems({ baseUrl: sandbox.url }),
        model: createModel({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'none' }),
      },
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    stopWorkers = async () => {
      stopWorkers = async () => {};
      for (const worker of workers) worker.shutdown();
      await running;
    };
  }
  /** On both clocks, the store's first: whoever is woken asks the store. */
  async function pass(days: number) {
    await pool.query('update cases set clock_offset = clock_offset + $1::interval', [`${days} days`]);
    await pool.query('update awaited set until = until - $1::interval where not over', [`${days} days`]);
    await env.sleep(`${days} days`);
  }
  const operations = async () =>
    (await sandbox.get<{ operation: string }[]>('/_journal')).map(({ operation }) => operation);
  const members = async () =>
    (await sandbox.get('/_records')).directory.groups.find((group: any) => group.displayName === roleId).members;
  const look = () => describeCase(pool, caseId);

  it('pass without a worker, and it is revoked once when one is there again', async () => {
    const client = new Client({ connection: env.connection, dataConverter: dataConverter(codec) });
    const asked = definition.request.parse(request({ requestId: 'AR-90', days: 90 }));
    await startWorkers();
    await startWorkflow(client, definition, asked, { taskQueue, requestedBy: employeeId });
    await until(async () => (await look())?.waitingOn.length === 2, 'it is granted');
    assert.deepEqual(await members(), [employeeId]);

    // Up to its last day, which lasts until midnight: the server's clock stands while a task waits for a worker.
    await stopWorkers();
    await pass(90);
    assert.deepEqual(await members(), [employeeId]);

    // Its time is up while nobody works; the server's clock stands there until somebody does.
    const passing = pass(1);
    passing.catch(() => undefined);
    await startWorkers();
    const { outcome } = await until(async () => {
      const found = await look();
      return found?.closedAt ? found : undefined;
    }, 'it is closed');
    assert.equal(outcome, 'expired');
    await passing;
    const granted = ['directory.addMember', 'accessRegister.enter'];
    assert.deepEqual(await operations(), [...granted, 'directory.removeMember', 'accessRegister.strike']);
    assert.deepEqual(await members(), []);
  }).timeout(60_000);
});

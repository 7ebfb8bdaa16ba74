import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { connectTemporal } from '../../temporal/client.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { ReplayFailed } from '../../workers/replay.ts';
import type { Workers, WorkersOptions } from '../../workers/serve.ts';
import { listVersions } from '../../workers/versions/list.ts';
import { move } from '../../workers/versions/move.ts';
import { promoteNoted } from '../../workers/versions/noted.ts';
import { bundleOf, errand, errandWorld, type Version as Code, written } from '../durability/errands.ts';
import { definition, lasting } from '../durability/processes/definition.ts';
import { bundle, codec, dataDir, payloadKeys, temporal } from '../harness.ts';
import * as declared from '../../workflows/definitions.ts';
import { ending, until, type World } from '../world.ts';

const definitions = { errand: definition, lasting };

describe('the versions of the code, where workers have a build id', function () {
  this.timeout(120_000);
  let world: World;
  let deploymentName = '';
  const running: Workers[] = [];
  beforeEach(async () => {
    deploymentName = `test-${randomUUID().slice(0, 8)}`;
    world = await errandWorld({ idle: true, definitions });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((workers) => workers.close()));
    await world?.close();
  });

  const of = (buildId: string) => ({ deploymentName, buildId });
  const begin = async (buildId: string, code: Code, more: Partial<WorkersOptions> = {}) => {
    const workers = await world.startWorkers({ version: of(buildId), workflowBundle: await bundleOf(code), ...more });
    running.push(workers);
    return workers;
  };
  const optionsOf = async (code: Code) => ({
    ...{ codec, dataConverter: dataConverter(codec), workflowBundle: await bundleOf(code) },
    processes: Object.keys(definitions),
  });
  const promoted = async (buildId: string, code: Code) =>
    promoteNoted(world.pool, world.client, world.taskQueue, of(buildId), await optionsOf(code));
  const waits = async (process: string) => {
    const handle = await world.start(process, errand('asks one'));
    await world.waiting(handle.workflowId);
    return handle;
  };
  /** What became of it, once the person said no. */
  const declined = async (handle: Awaited<ReturnType<World['start']>>) => {
    await world.decide(`${handle.workflowId}/legal-1`, { verdict: 'rejected', because: 'no' });
    return ((await ending(handle)).result as { because: string }).because;
  };
  const deploys = async () =>
    (await world.pool.query<{ of: string }>(`select build || ' ' || how as of from deploys order by id`)).rows.map(
      (one) => one.of,
    );
  const versions = () => listVersions(world.client, world.taskQueue, deploymentName);
  const listed = (what: (of: Awaited<ReturnType<typeof versions>>) => boolean, words: string, ms?: number) =>
    until(async () => what(await versions()), words, ms);

  const run = async (more: NodeJS.ProcessEnv, ...args: string[]) => {
    const { address } = await temporal();
    const given = { TEMPORAL_ADDRESS: address, TASK_QUEUE: world.taskQueue, DEPLOYMENT_NAME: deploymentName };
    const env = {
      ...process.env,
      ...given,
      DATABASE_URL: world.databaseUrl,
      PAYLOAD_KEYS: payloadKeys,
      DATA_DIR: dataDir,
      ...more,
    };
    const command = promisify(execFile)(process.execPath, ['scripts/versions.ts', ...args], { env });
    const { stdout, stderr } = await command.catch((error: unknown) => error as { stdout: string; stderr: string });
    return stdout + stderr;
  };

  it('take over what workers without a build id began', async () => {
    running.push(await world.startWorkers({ workflowBundle: await bundleOf('errand-pinned') }));
    const [errand, lasting] = [await waits('errand'), await waits('lasting')];
    await listed(({ unversioned }) => unversioned === 2, 'they are on no version');
    await begin('v1', 'errand-next');
    assert.equal(await promoted('v1', 'errand-next'), 2);
    assert.equal(await declined(errand), 'next: rejected: no');
    assert.equal(await declined(lasting), 'next: rejected: no');
  });

  it('take no case before they are current; a case goes on with the next once it replays there', async () => {
    await begin('v1', 'errand-pinned');
    const early = await world.start('errand', errand('asks one'));
    assert.equal(await promoted('v1', 'errand-pinned'), 1);
    await world.waiting(early.workflowId);
    const late = await waits('errand');
    await listed(({ versions: [v1] }) => v1?.open === 2, 'both are on v1');

    await begin('v2', 'errand-next');
    const before = await waits('errand');
    assert.equal(await declined(before), 'rejected: no');
    assert.equal(await promoted('v2', 'errand-next'), 2);
    await promoted('v2', 'errand-next'); // it is current already
    assert.deepEqual(await deploys(), ['v1 promoted', 'v2 promoted']);
    assert.equal(await declined(early), 'next: rejected: no');
    assert.equal(await declined(late), 'next: rejected: no');
  });

  it('become current only where every open case replays: the case is named, and goes on as before', async () => {
    await begin('v1', 'errand-pinned');
    await promoted('v1', 'errand-pinned');
    const handle = await waits('errand');
    await listed(({ versions: [v1] }) => v1?.open === 1, 'it is on v1');
    await begin('v2', 'errand-with-a-step-more');
    await assert.rejects(promoted('v2', 'errand-with-a-step-more'), (error: unknown) => {
      assert.ok(error instanceof ReplayFailed);
      assert.ok(error.message.includes(`${handle.workflowId}: `), error.message);
      return true;
    });
    assert.equal((await versions()).versions.find(({ isCurrent }) => isCurrent)?.buildId, 'v1');
    assert.equal(await declined(handle), 'rejected: no');
    const { rows } = await world.pool.query('select workflow_id, build, process from replay_failures');
    assert.deepEqual(rows, [{ workflow_id: handle.workflowId, build: 'v2', process: 'errand' }]);
    assert.deepEqual(await deploys(), ['v1 promoted']);
  });

  it('keep the cases that are pinned, slow steps too, until they are moved; without its workers they wait', async () => {
    const v1 = await begin('v1', 'errand-pinned');
    await promoted('v1', 'errand-pinned');
    const [stays, moves, slow] = [await waits('lasting'), await waits('lasting'), await waits('lasting')];
    await begin('v2', 'errand-next');
    assert.equal(await promoted('v2', 'errand-next'), 0);
    assert.equal(await declined(await waits('lasting')), 'next: rejected: no');

    assert.equal(await declined(stays), 'rejected: no');
    await world.fault({ operation: 'ledger.postCreditNote', mode: 'slow', ms: 3_000, times: 1 });
    await world.decide(`${slow.workflowId}/legal-1`, { verdict: 'approved' });
    assert.equal((await ending(slow)).outcome, 'done');
    assert.deepEqual(await written(world, slow.workflowId), ['ledger.postCreditNote']);

    await v1.close();
    running.shift();
    await world.decide(`${moves.workflowId}/legal-1`, { verdict: 'rejected', because: 'no' });
    await listed((all) => all.versions.some(({ buildId, pinned }) => buildId === 'v1' && pinned === 1), 'one is left');
    const options = await optionsOf('errand-next');
    const moved = await move(world.client, world.taskQueue, { from: 'v1', to: of('v2') }, options);
    assert.deepEqual(moved, { moved: [moves.workflowId], failed: [] });
    assert.equal(((await ending(moves)).result as { because: string }).because, 'next: rejected: no');
  });

  it('become current only with workers for every kind of work', async () => {
    await begin('v1', 'errand', { kinds: ['cases', 'models'] });
    await assert.rejects(promoted('v1', 'errand'), /within the last minute: systems\. Start them/);
    assert.deepEqual(
      (await versions()).versions.map(({ isCurrent, lacks }) => [isCurrent, lacks]),
      [[false, ['systems']]],
    );
    await begin('v1', 'errand', { kinds: ['systems'] });
    assert.equal(await promoted('v1', 'errand'), 0);
    assert.deepEqual((await versions()).versions[0]?.lacks, []);
  });

  it('do not become current once their workers stopped, though Temporal remembers them', async () => {
    const workers = await begin('v1', 'errand');
    await promoted('v1', 'errand');
    await workers.close();
    running.shift();
    await begin('v2', 'errand-next');
    await promoted('v2', 'errand-next');
    await listed(
      ({ versions: [, v1] }) => v1?.lacks.length === 3,
      'a minute has passed since they asked for work',
      100_000,
    );
    await assert.rejects(promoted('v1', 'errand'), /within the last minute: cases, systems, models/);
    assert.equal((await versions()).versions.find(({ isCurrent }) => isCurrent)?.buildId, 'v2');
  }).timeout(200_000);

  it('are listed and made current by a command, with the code that it runs on', async () => {
    const version = of('v1');
    running.push(await world.startWorkers({ version, definitions: { ...declared }, workflowBundle: await bundle() }));
    assert.equal(await run({}, 'promote'), 'BUILD_ID is not set: which version is this code?\n');
    assert.equal(await run({ BUILD_ID: 'v1' }, 'promote'), '0 open cases replay: v1 is current\n');
    assert.deepEqual(await deploys(), ['v1 promoted']);
    const unnoted = await run({ BUILD_ID: 'v1', DATABASE_URL: undefined }, 'promote');
    assert.match(unnoted, /v1 is current\nDATABASE_URL is not set: the scorecard does not count this deploy\n$/);
    assert.match(await run({}), /^v1 since \S+, current; has workers; 0 open cases, 0 of them pinned\n$/);
    assert.match(await run({ BUILD_ID: 'v2' }, 'move', '--from', 'v1'), /^Cases are moved to the current build, v1:/);
  });

  it('begin no case eagerly, in a process that may not be the current version', async () => {
    const { address, namespace, nativeConnection: shared } = await temporal();
    const target = { address, namespace, shared };
    assert.equal(connectTemporal(target).eager, true);
    assert.equal(connectTemporal({ ...target, versioned: true }).eager, false);
  });
});

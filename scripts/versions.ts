import { parseArgs } from 'node:util';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { CannotStart, starting } from '../environment/cannot-start.ts';
import { settingsOf, versions as program } from '../environment/settings.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { connectClient } from '../temporal/connection.ts';
import { temporalFrom } from '../temporal/target.ts';
import { createPool } from '../store/pool.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { listVersions, type Version } from '../workers/versions/list.ts';
import { move } from '../workers/versions/move.ts';
import { promoteNoted } from '../workers/versions/noted.ts';
import { promote } from '../workers/versions/promote.ts';
import { versionOf } from '../workers/versions/version-of.ts';
import * as definitions from '../workflows/definitions.ts';

/**
 * The versions of the code that workers run: which there are; `promote` makes this code's version (BUILD_ID) the current one, once
 * every open case replays on it; `move --from BUILD` moves to it the cases that are pinned to another.
 */

await starting(async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { from: { type: 'string' } } });
  const [command = 'list', ...rest] = positionals;
  const run = { list, promote: promoteThis, move: moveHere }[command];
  if (!run || rest.length > 0)
    throw new CannotStart('versions [list], versions promote, or versions move --from BUILD');

  const settings = settingsOf(program, process.env);
  const target = temporalFrom(process.env);
  const { namespace } = target;
  const codec = createCodec(loadKeys(process.env, settings.DATA_DIR));
  const connection = await connectClient(target);
  const client = new Client({ connection, namespace, dataConverter: dataConverter(codec) });
  try {
    await run();
  } finally {
    await connection.close();
  }

  async function list() {
    const { versions, unversioned } = await listVersions(client, settings.TASK_QUEUE, settings.DEPLOYMENT_NAME);
    for (const version of versions) console.log(inWords(version));
    if (versions.length === 0) console.log(`no worker of ${settings.DEPLOYMENT_NAME} has run with a build id`);
    if (unversioned > 0) console.log(`${unversioned} open cases that no version has run yet`);
  }

  async function promoteThis() {
    const { version, options } = await thisCode();
    const { TASK_QUEUE: taskQueue, DATABASE_URL: url } = settings;
    const pool = url === undefined ? undefined : createPool(url, { max: 1 });
    try {
      const cases = await (pool
        ? promoteNoted(pool, client, taskQueue, version, options)
        : promote(client, taskQueue, version, options));
      console.log(`${cases} open cases replay: ${version.buildId} is current`);
      if (!pool) console.log('DATABASE_URL is not set: the scorecard does not count this deploy');
    } finally {
      await pool?.end();
    }
  }

  async function moveHere() {
    if (values.from === undefined) throw new CannotStart('versions move --from BUILD: from which build?');
    const { version, options } = await thisCode();
    const { moved, failed } = await move(client, settings.TASK_QUEUE, { from: values.from, to: version }, options);
    console.log(`${moved.length} cases moved from ${values.from} to ${version.buildId}`);
    if (failed.length > 0) throw new CannotStart(`These do not replay and stay where they are:\n${failed.join('\n')}`);
  }

  async function thisCode() {
    const version = versionOf(settings);
    if (!version) throw new CannotStart('BUILD_ID is not set: which version is this code?');
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const workflowBundle = await bundleWorkflows();
    const processes = Object.keys(definitions);
    return { version, options: { codec, dataConverter: dataConverter(codec), workflowBundle, processes } };
  }
});

function inWords({ buildId, since, isCurrent, lacks, open, pinned }: Version): string {
  const waits = pinned > 0 && lacks.length > 0 ? ': they wait for ever, unless its workers run or they are moved' : '';
  return [
    `${buildId} since ${since.toISOString()}${isCurrent ? ', current' : ''}`,
    lacks.length === 0 ? 'has workers' : `has no workers for ${lacks.join(', ')}`,
    `${open} open cases, ${pinned} of them pinned${waits}`,
  ].join('; ');
}

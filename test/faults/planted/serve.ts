import { usualTiming } from '../../../activities/dependencies.ts';
import { createModel } from '../../../models/client.ts';
import { createSystems, type Systems } from '../../../systems/client.ts';
import { conditionsWith } from '../../../systems/conditions.ts';
import { dataConverter } from '../../../temporal/codec.ts';
import { seedTables } from '../../../workers/prepare.ts';
import type { WorkersOptions } from '../../../workers/serve.ts';
import { createWorkers } from '../../../workers/worker.ts';
import { conflictIsFinal } from './conflict-is-final.ts';
import { intentAfterTheWrite } from './intent-after-the-write.ts';
import type { IsFor } from './is-for.ts';
import { keyOfTheRun } from './key-of-the-run.ts';
import { noneIsBelieved } from './none-is-believed.ts';

/** Only in writes to the systems that it is for. */
export interface Bug {
  systems?(systems: Systems, isFor: IsFor): Systems;
  pool?(pool: WorkersOptions['pool'], isFor: IsFor): WorkersOptions['pool'];
}

const bugs: Record<string, Bug> = {
  'intent-after-the-write': { pool: intentAfterTheWrite },
  'key-of-the-run': { systems: keyOfTheRun },
  'conflict-is-final': { systems: conflictIsFinal },
  'none-is-believed': { systems: noneIsBelieved },
};

type Parts = WorkersOptions & Required<Pick<WorkersOptions, 'definitions' | 'workflowBundle' | 'taskQueue'>>;

/** Workers that have bugs which production code does not have: `bug` everywhere, `bug@system` in writes to that system; several by commas. */
export async function servePlanted(planted: string, parts: Parts): Promise<{ stopped: Promise<unknown> }> {
  const { connection, namespace, codec, taskQueue, workflowBundle, definitions, systemsUrl } = parts;
  await seedTables(parts.pool, definitions);
  let { pool } = parts;
  let systems = createSystems({ baseUrl: systemsUrl, conditions });
  for (const one of planted.split(',')) {
    const [name, system] = one.split('@') as [string, string?];
    const bug = bugs[name];
    if (!bug) throw new Error(`No bug ${name} can be planted: ${Object.keys(bugs).join(', ')}`);
    const isFor: IsFor = (operation) => system === undefined || operation.startsWith(`${system}.`);
    pool = bug.pool?.(pool, isFor) ?? pool;
    systems = bug.systems?.(systems, isFor) ?? systems;
  }
  const workers = await createWorkers({
    ...{ connection, namespace, taskQueue, workflowBundle, dataConverter: dataConverter(codec) },
    dependencies: { definitions, pool, systems, model: createModel({}), timing: usualTiming },
  });
  return { stopped: Promise.all(workers.map((worker) => worker.run())) };
}

/** Short, so that a planted bug shows soon. */
const conditions = conditionsWith({ defaults: { timeoutMs: 1_500, longestCallMs: 8_000 } });

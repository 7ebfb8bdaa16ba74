import { usualTiming } from '../../../activities/dependencies.ts';
import { createModel } from '../../../models/client.ts';
import { createSystems, type Systems } from '../../../systems/client.ts';
import { dataConverter } from '../../../temporal/codec.ts';
import { seedTables } from '../../../workers/prepare.ts';
import type { WorkersOptions } from '../../../workers/serve.ts';
import { createWorkers } from '../../../workers/worker.ts';
import { intentAfterTheWrite } from './intent-after-the-write.ts';
import { keyOfTheRun } from './key-of-the-run.ts';

export interface Plant {
  systems?(systems: Systems): Systems;
  pool?(pool: WorkersOptions['pool']): WorkersOptions['pool'];
}

const plants: Record<string, Plant> = {
  'intent-after-the-write': { pool: intentAfterTheWrite },
  'key-of-the-run': { systems: keyOfTheRun },
};

type Parts = WorkersOptions & Required<Pick<WorkersOptions, 'definitions' | 'workflowBundle' | 'taskQueue'>>;

/** Workers that have a bug which production code does not have. */
export async function servePlanted(name: string, parts: Parts): Promise<{ stopped: Promise<unknown> }> {
  const { pool, connection, namespace, codec, taskQueue, workflowBundle, definitions, systemsUrl } = parts;
  const plant = plants[name];
  if (!plant) throw new Error(`No bug ${name} can be planted: ${Object.keys(plants).join(', ')}`);
  await seedTables(pool, definitions);
  const systems = createSystems({ baseUrl: systemsUrl });
  const workers = await createWorkers({
    ...{ connection, namespace, taskQueue, workflowBundle, dataConverter: dataConverter(codec) },
    dependencies: {
      definitions,
      pool: plant.pool?.(pool) ?? pool,
      systems: plant.systems?.(systems) ?? systems,
      model: createModel({}),
      timing: usualTiming,
    },
  });
  return { stopped: Promise.all(workers.map((worker) => worker.run())) };
}

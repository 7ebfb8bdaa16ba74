import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Service } from '../../scripts/embedded/service.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { payloadKeys, service, temporal } from '../harness.ts';
import { records } from '../workflows/refund-request.ts';
import { createWorld, until, type World, type WorldOptions } from '../world.ts';
import { definition } from './processes/definition.ts';

export type Version =
  | 'errand'
  | 'errand-with-a-step-more'
  | 'errand-swapped'
  | 'errand-shortened'
  | 'errand-with-little-room'
  | 'errand-pinned'
  | 'errand-next'
  | 'errand-mended';
const bundles = new Map<Version, Promise<WorkflowBundleWithSourceMap>>();

/** The code of one version of the errand. */
export function bundleOf(version: Version): Promise<WorkflowBundleWithSourceMap> {
  const path = fileURLToPath(new URL(`processes/${version}.ts`, import.meta.url));
  const made = bundles.get(version) ?? bundleWorkflows(path, { stackTraces: true });
  bundles.set(version, made);
  return made;
}

/** A world in which errands are run. */
export async function errandWorld(options: WorldOptions = {}): Promise<World> {
  const workflowBundle = await bundleOf('errand');
  const workers = { workflowBundle, ...options.workers };
  const world = await createWorld({ definitions: { errand: definition }, ...options, workers });
  await world.seed(records);
  return world;
}

export const errand = (story: string, more: object = {}) => ({
  ...{ id: `E-${randomUUID().slice(0, 8)}`, story, orderId: 'O-1', amount: 4_900 },
  ...more,
});

/** A worker of this world as a process of its own: for refunds, or for errands of one version. */
export async function workerProcess(world: World, version?: Version): Promise<Service> {
  const { address } = await temporal();
  return service(version ? 'test/durability/processes/worker.ts' : 'workers/main.ts', {
    ...{ DATABASE_URL: world.databaseUrl, TEMPORAL_ADDRESS: address, TASK_QUEUE: world.taskQueue },
    ...{
      SYSTEMS_URL: world.systems.url,
      OPENAI_BASE_URL: world.model.url,
      OPENAI_API_KEY: 'test',
      PAYLOAD_KEYS: payloadKeys,
    },
    ...(version ? { ERRANDS: `${version}.ts` } : {}),
  });
}

/** Waits until the systems have applied this operation (for this case, if said). */
export const applied = (world: World, operation: string, caseId = '') =>
  until(async () => {
    const journal = await world.journal();
    return journal.some((effect) => effect.operation === operation && effect.key.startsWith(caseId));
  }, `${operation} is applied`);

export const typesOf = async (world: World, caseId: string) => (await world.record(caseId)).map(({ type }) => type);

/** What was written, in order: operations, each with the case that wrote it left out. */
export const written = async (world: World, caseId: string) =>
  (await world.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation);

/** The keys that were applied more than once; there must be none. */
export async function doubled(world: World): Promise<string[]> {
  const keys = (await world.journal()).map(({ key }) => key);
  return keys.filter((key, n) => keys.indexOf(key) !== n);
}

/** What nobody's workflow can finish, in the order in which it was opened. */
export const tasksOf = async (world: World, caseId: string) =>
  (
    await world.pool.query(
      `select h.id, h.name as kind, h.owner, h.step_key as key, h.packet, h.state
       from handoffs h join record r on r.case_id = h.case_id and r.key = h.id and r.type = 'handoff.opened'
       where h.case_id = $1 and h.kind = 'task' order by r.seq`,
      [caseId],
    )
  ).rows as { id: string; kind: string; owner: string; key: string; packet: any; state: string }[];

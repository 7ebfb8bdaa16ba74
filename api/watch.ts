import { nameOfFault } from '../environment/fault.ts';
import { findCase } from '../store/cases.ts';
import {
  closeEnded,
  countOpen,
  countHeld,
  noteUnknown,
  type OpenCase,
  takeOpenCases,
  unknownFor,
} from '../store/ended.ts';
import { isTransport } from '../temporal/client.ts';
import { type Look, lookAt } from '../temporal/runs.ts';
import { type Listed, searchIndex } from '../temporal/search-index.ts';
import type { Deps } from './deps.ts';
import { each } from './lanes.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { noteStuck, suspectedStuck } from './stuck.ts';
import { taskOf } from '../activities/task-of.ts';
import { turnQuestions } from '../store/questions.ts';
import { turnTasks } from '../store/tasks.ts';

export type Watched = Pick<Deps, 'pool' | 'temporal' | 'definitions' | 'taskQueue' | 'report'>;

/** More than so many unknown cases at once are no accident of theirs: nothing is closed until a person acts. */
const unknownAtMost = 10;

export interface Pace {
  /** A case is looked at so long after it began and after its last look; one that is unknown, is so for as long. */
  afterMs: number;
  /** How many cases one round looks at because of what the search index says, and how many whatever it says. */
  atMost: number;
}

/**
 * Finds the cases whose workflow ended elsewhere: terminated, timed out, deleted. Moves on the tasks and ends the questions that are due. Looks every 15
 * seconds; any number of processes may run one at once. Nothing it meets ends it.
 */
export function startWatch(deps: Watched, everyMs = 15_000): Repeating {
  const pace = { afterMs: everyMs * 0.9, atMost: 200 };
  let told = 0;
  const watch = async () =>
    deps.temporal.away && !(await deps.temporal.reachable(1_000)) ? told : watchOnce(deps, pace);
  return repeating(everyMs, async () => {
    const round = Promise.all([watch(), turnTasks(deps.pool, pace.atMost), turnQuestions(deps.pool, pace.atMost)]);
    const [held] = await round.catch((error: unknown) => {
      if (!isTransport(error)) deps.report(`watch: ${nameOfFault(error)}`);
      return [told];
    });
    if (held > 0 && held !== told)
      deps.report(`watch: Temporal does not know ${held} open cases, and nothing is closed: see docs/operations.md`);
    told = held;
  });
}

/** One round; answers how many cases wait for a person, in which case nothing is closed. The index only says whom to look at: Temporal itself says what is so. */
export async function watchOnce(deps: Watched, pace: Pace): Promise<number> {
  const { pool, temporal, report } = deps;
  const { afterMs, atMost: limit } = pace;
  const failed = (error: unknown, about: { caseId: string }) => {
    if (!isTransport(error)) report(`watch: ${nameOfFault(error)}`, { case: about.caseId });
    return [];
  };
  const suspects = await suspected(deps, pace).catch((error: unknown) => failed(error, { caseId: 'the search index' }));
  const taken = [...suspects, ...(await takeOpenCases(pool, { limit, afterMs }))];
  const looks = new Map<string, Look>();
  const look = async ({ caseId, runId }: OpenCase) =>
    void looks.set(caseId, await temporal.within(5_000, (client) => lookAt(client, caseId, runId ?? undefined)));
  await each(taken, 8, look, failed);

  const [unknown, known] = [true, false].map((wanted) =>
    [...looks].flatMap(([caseId, { state }]) => ((state === 'unknown') === wanted ? [caseId] : [])),
  ) as [string[], string[]];
  await noteStuck(deps, looks);
  const stillUnknown = await unknownFor(pool, unknown, afterMs);
  await noteUnknown(pool, unknown, known, unknownAtMost);
  const held = await countHeld(pool);
  if (held > 0) return held;
  const over = [...looks.keys()].filter((id) => looks.get(id)?.state === 'ended' || stillUnknown.includes(id));
  const end = async (caseId: string) => {
    const look = looks.get(caseId)!;
    if (look.state !== 'unknown' || !(await indexHas(deps, caseId))) await close(deps, caseId, look);
  };
  await each(over, 1, end, (error, caseId) => failed(error, { caseId }));
  return 0;
}

/** Open cases that, by the index, ended without an outcome; or, where it has fewer than there should be, that it does not list. */
async function suspected(
  { pool, temporal, taskQueue }: Watched,
  { afterMs, atMost: limit }: Pace,
): Promise<OpenCase[]> {
  const since = new Date(Date.now() - anHour);
  const ended = await temporal.within(10_000, (client) =>
    idsOf(searchIndex(client, taskQueue).endedWithoutOutcome(since)),
  );
  const stuck = await suspectedStuck({ pool, temporal, taskQueue });
  const open = await countOpen(pool, afterMs);
  const before = new Date(Date.now() - afterMs);
  // So few are all looked at anyway.
  const except =
    open > limit &&
    (await temporal.within(30_000, async (client) => {
      const index = searchIndex(client, taskQueue);
      return open > (await index.countRunning(before)) && (await idsOf(index.running()));
    }));
  return [
    ...(ended.length > 0 ? await takeOpenCases(pool, { among: ended, limit, afterMs }) : []),
    ...(stuck.length > 0 ? await takeOpenCases(pool, { among: stuck, limit, afterMs }) : []),
    ...(except ? await takeOpenCases(pool, { except, limit, afterMs }) : []),
  ];
}

const anHour = 3_600_000;

async function idsOf(listed: AsyncIterable<Listed>): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of listed) found.push(workflowId);
  return found;
}

/** Where the index has as running what Temporal does not know, one of the two is wrong: nobody can tell how many are gone. */
const indexHas = ({ temporal, taskQueue }: Watched, caseId: string): Promise<boolean> =>
  temporal.within(5_000, (client) => searchIndex(client, taskQueue).isRunning(caseId));

/** Looks at one case at once, before somebody is told that it goes on; answers whether it ended elsewhere. */
export async function endedElsewhere(deps: Watched, caseId: string): Promise<boolean> {
  const { pool, temporal } = deps;
  const found = await findCase(pool, caseId);
  if (temporal.away || !found || found.closedAt) return false;
  try {
    const look = await temporal.within(1_000, (client) => lookAt(client, caseId, found.runId));
    if (look.state !== 'ended' || (await countHeld(pool)) > 0) return false;
    await close(deps, caseId, look);
    return true;
  } catch {
    return false; // what is stored now, the relay and the watch see to
  }
}

/** Closes a case that ended elsewhere, and says so; answers whether this was the first to close it. */
export async function close(deps: Watched, caseId: string, look: Look, by?: string): Promise<boolean> {
  const { pool, definitions, report } = deps;
  const how = look.state === 'ended' ? look.how : look.state;
  const because =
    how === 'unknown' ? 'Temporal does not know its workflow any more' : `Its workflow was found ${how} in Temporal`;
  const result = { because, workflow: how, ...(look.state === 'ended' ? { runId: look.runId } : {}) };
  const tasks = await closeEnded(pool, { caseId, result, ...(by === undefined ? {} : { by }) }, (action, why) =>
    taskOf(definitions, action, 'terminated', why),
  );
  if (tasks === undefined) return false;
  report(`watch: ${because}; it is closed, and ${tasks} of its writes are somebody's task`, { case: caseId });
  return true;
}

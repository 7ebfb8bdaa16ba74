import { nameOfFault } from '../core/fault.ts';
import { findCase } from '../store/cases.ts';
import {
  closeEnded,
  countUnknown,
  noteUnknown,
  type OpenCase,
  takeOpenCases,
  takeUnopened,
  unknownFor,
} from '../store/ended.ts';
import { isTransport } from '../temporal/client.ts';
import { type Look, lookAt, runningOn } from '../temporal/runs.ts';
import type { Deps } from './deps.ts';
import { each } from './lanes.ts';
import { repeating, type Repeating } from './repeating.ts';
import { workFor } from './undo-work.ts';

export type Watched = Pick<Deps, 'pool' | 'temporal' | 'definitions' | 'taskQueue' | 'report'>;

/** More than so many unknown cases at once are no accident of theirs: nothing is closed until a person acts. */
export const unknownAtMost = 10;

export interface Pace {
  /** A case is looked at so long after it began and after its last look; one that is unknown, is so for as long. */
  afterMs: number;
  /** How many cases that the index misses, and how many others, one round looks at. */
  missed: number;
  others: number;
}

/**
 * Finds the cases whose workflow ended elsewhere: terminated, timed out, deleted. Looks every 15 seconds; any number of
 * processes may run one at once. Nothing it meets ends it.
 */
export function startWatch(deps: Watched, everyMs = 15_000): Repeating {
  const pace = { afterMs: everyMs * 0.9, missed: 150, others: 50 };
  let told = 0;
  return repeating(everyMs, async () => {
    if (deps.temporal.away && !(await deps.temporal.reachable(1_000))) return;
    const unknown = await watchOnce(deps, pace).catch((error: unknown) => {
      if (!isTransport(error)) deps.report(`watch: ${nameOfFault(error)}`);
      return told;
    });
    if (unknown > unknownAtMost && unknown !== told)
      deps.report(`watch: Temporal does not know ${unknown} open cases, and nothing is closed: see docs/operations.md`);
    told = unknown;
  });
}

/** One round; answers how many cases are unknown. The index only says whom to look at: Temporal itself says what is so. */
export async function watchOnce(deps: Watched, { afterMs, missed, others }: Pace): Promise<number> {
  const { pool, temporal, report } = deps;
  const failed = (error: unknown, about: { caseId: string }) => {
    if (!isTransport(error)) report(`watch: ${about.caseId}: ${nameOfFault(error)}`);
  };
  const running = await runningNow(deps).catch((error: unknown) => failed(error, { caseId: 'the search index' }));
  const except = [...(running ?? [])];
  const taken = [
    ...(await takeOpenCases(pool, { except, limit: missed, afterMs })),
    ...(await takeUnopened(pool, { except, limit: missed, afterMs })),
    ...(await takeOpenCases(pool, { except: [], limit: others, afterMs })),
  ];
  const looks = new Map<OpenCase, Look>();
  const look = async (one: OpenCase) =>
    void looks.set(one, await temporal.within(5_000, (client) => lookAt(client, one.caseId, one.runId ?? undefined)));
  await each(taken, 8, look, failed);
  const inState = (wanted: boolean) =>
    [...looks].flatMap(([{ caseId }, { state }]) => ((state === 'unknown') === wanted ? [caseId] : []));
  const unknown = inState(true);
  const before = await unknownFor(pool, unknown, afterMs);
  const count = await noteUnknown(pool, unknown, inState(false));
  if (count > unknownAtMost) return count;
  for (const [{ caseId }, look] of looks) if (look.state === 'ended') await close(deps, caseId, look);
  // Where the index still lists it, or cannot be asked, one of the two is wrong: then nobody knows how many are gone.
  for (const caseId of before) if (running && !running.has(caseId)) await close(deps, caseId, { state: 'unknown' });
  return countUnknown(pool);
}

async function runningNow({ temporal, taskQueue }: Watched): Promise<Set<string>> {
  const found = new Set<string>();
  await temporal.within(10_000, async (client) => {
    for await (const { workflowId } of runningOn(client, taskQueue)) found.add(workflowId);
  });
  return found;
}

/** Looks at one case at once, before somebody is told that it goes on; answers whether it ended elsewhere. */
export async function endedElsewhere(deps: Watched, caseId: string): Promise<boolean> {
  const { pool, temporal } = deps;
  const found = await findCase(pool, caseId);
  if (temporal.away || !found || found.closedAt) return false;
  try {
    const look = await temporal.within(1_000, (client) => lookAt(client, caseId, found.runId));
    if (look.state !== 'ended' || (await countUnknown(pool)) > unknownAtMost) return false;
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
  const works = await closeEnded(pool, { caseId, result, ...(by === undefined ? {} : { by }) }, workFor(definitions));
  if (works === undefined) return false;
  report(`watch: ${caseId}: ${because}; it is closed, and ${works} of its writes are somebody's work`);
  return true;
}

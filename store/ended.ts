import type { Pool } from 'pg';
import { type StoredAction, standing } from './actions.ts';
import { closeWithin, findCase, lockCase, registerCase, stopWrites } from './cases.ts';
import { withdrawHandoff } from './handoffs.ts';
import { findEntry } from './inbox.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';
import { type NewTask, openTask } from './tasks.ts';

/** A case whose workflow should run. */
export interface OpenCase {
  caseId: string;
  /** The first run of its workflow; null while the case was started and not yet opened. */
  runId: string | null;
}

export interface Turn {
  limit: number;
  /** How long ago a case must have been opened or started, and looked at last. */
  afterMs: number;
  /** Only these, or all but these. */
  among?: readonly string[];
  except?: readonly string[];
}

const wanted = (caseId: string) => `($1::text[] is null or ${caseId} = any ($1))
  and not exists (select from unnest($2::text[]) as e (id) where e.id = ${caseId})`;
const before = (instant: string) => `${instant} < now() - $3 * interval '1 ms'`;
const valuesOf = ({ among, except = [], afterMs, limit }: Turn) => [
  ...[among ? [...among] : null, [...except], afterMs, limit],
];

/**
 * Takes open cases for a look, and requests whose start Temporal confirmed and whose case is not opened; the oldest look first.
 * Two that take at once do not take the same.
 */
export async function takeOpenCases(db: Db, turn: Turn): Promise<OpenCase[]> {
  const opened = await rows<OpenCase>(
    db,
    'ended.takeCases',
    `update cases set looked_at = clock_timestamp() where case_id in (
       select case_id from cases c
       where closed_at is null and ${before('looked_at')} and ${before('opened_at')} and ${wanted('c.case_id')}
       order by looked_at limit $4 for update skip locked)
     returning case_id as "caseId", run_id as "runId"`,
    valuesOf(turn),
  );
  const unopened = await rows<OpenCase>(
    db,
    'ended.takeUnopened',
    `update inbox set looked_at = clock_timestamp() where id in (
       select id from inbox i
       where not opened and ${before('delivered_at')} and ${before('looked_at')} and ${wanted('i.case_id')}
       order by looked_at limit $4 for update skip locked)
     returning case_id as "caseId", null as "runId"`,
    valuesOf(turn),
  );
  return [...opened, ...unopened];
}

/** How many cases should have been running for so long. */
export const countOpen = async (db: Db, afterMs: number): Promise<number> =>
  (await row<{ count: number }>(
    db,
    'ended.countOpen',
    `select (select count(*) from cases where closed_at is null and opened_at < now() - $1 * interval '1 ms')::int
          + (select count(*) from inbox where not opened and delivered_at < now() - $1 * interval '1 ms')::int as count`,
    [afterMs],
  ))!.count;

/**
 * Notes which cases Temporal does not know, and which it knows (again). Where more than `atMost` are unknown at once, all of
 * them are held for a person.
 */
export async function noteUnknown(
  db: Db,
  unknown: readonly string[],
  known: readonly string[],
  atMost: number,
): Promise<void> {
  await row(
    db,
    'ended.note',
    `with known as (
       delete from unknown_cases u where case_id = any ($2)
         or exists (select from cases c where c.case_id = u.case_id and closed_at is not null))
     insert into unknown_cases (case_id) select unnest($1::text[]) on conflict do nothing`,
    [[...unknown], [...known]],
  );
  await row(
    db,
    'ended.hold',
    'update unknown_cases set held = true where not held and (select count(*) from unknown_cases) > $1',
    [atMost],
  );
}

/** How many cases wait for a person to say what became of them. */
export const countHeld = async (db: Db): Promise<number> =>
  (await row<{ count: number }>(db, 'ended.countHeld', 'select count(*)::int as count from unknown_cases where held'))!
    .count;

export interface UnknownCase {
  caseId: string;
  since: Date;
}

/** Those unknown for longest first; all, or those of these cases. */
export const listUnknown = (db: Db, limit: number, among?: readonly string[]) =>
  rows<UnknownCase>(
    db,
    'ended.list',
    `select case_id as "caseId", since from unknown_cases where $2::text[] is null or case_id = any ($2)
     order by since, case_id limit $1`,
    [limit, among ? [...among] : null],
  );

/** Those of these cases that have been unknown for so long. */
export const unknownFor = async (db: Db, caseIds: readonly string[], ms: number): Promise<string[]> =>
  (
    await rows<{ caseId: string }>(
      db,
      'ended.unknownFor',
      `select case_id as "caseId" from unknown_cases
       where case_id = any ($1) and since <= clock_timestamp() - $2 * interval '1 ms'`,
      [[...caseIds], ms],
    )
  ).map(({ caseId }) => caseId);

export interface Ended {
  caseId: string;
  /** What is known of the end; it becomes the case's result. */
  result: { because: string; workflow: string; runId?: string };
  /** Who said that it is over, where a person did. */
  by?: string;
}

/**
 * Closes a case whose workflow is no more: what it waits for ends, and each of its writes that may stand becomes the task
 * that `taskFor` says, all or nothing. First writer wins: undefined when it was closed before, else how many tasks there are.
 */
export const closeEnded = (
  pool: Pool,
  { caseId, result, by }: Ended,
  taskFor: (action: StoredAction, because: string) => NewTask,
): Promise<number | undefined> =>
  transaction(pool, async (db) => {
    await row(db, 'ended.known', 'delete from unknown_cases where case_id = $1', [caseId]);
    await openUnopened(db, caseId, result.runId ?? '');
    await lockCase(db, caseId);
    const found = await findCase(db, caseId);
    if (!found || found.closedAt) return undefined;
    if (by !== undefined) await append(db, { caseId, type: 'case.given-up', key: caseId, actor: by, body: result });
    await endWaits(db, caseId, result.because);
    await stopWrites(db, caseId);
    await closeWithin(db, { caseId, outcome: 'terminated', result }, found.openedBy);
    const writes = await standing(db, caseId);
    for (const action of writes) await openTask(db, taskFor(action, result.because));
    return writes.length;
  });

/** A case that ended before it was opened is opened, so that it can be closed as any other; answers whether this opened it. */
export async function openUnopened(db: Db, caseId: string, runId: string): Promise<boolean> {
  const entry = await findEntry(db, caseId);
  if (!entry || (await findCase(db, caseId))) return false;
  const { process, request, requester, asOf, openedBy } = entry;
  const about = { asOf: asOf ?? undefined, openedBy: openedBy ?? undefined };
  const businessKey = caseId.slice(process.length + 1);
  const opened = await registerCase(db, { caseId, process, businessKey, runId, request, requester, ...about });
  return opened?.first === true;
}

async function endWaits(db: Db, caseId: string, because: string): Promise<void> {
  const asked = await rows<{ id: string }>(
    db,
    'ended.handoffs',
    `select id from handoffs where case_id = $1 and state = 'open' and kind <> 'task' order by opened_at, id`,
    [caseId],
  );
  for (const { id } of asked) await withdrawHandoff(db, id, caseId, because);
  const awaited = await rows<{ key: string; name: string }>(
    db,
    'ended.waits',
    `update awaited set over = true where case_id = $1 and event_id is null and not over returning key, name`,
    [caseId],
  );
  for (const { key, name } of awaited)
    await append(db, { caseId, type: 'event.withdrawn', key, actor: 'baton', body: { name, because } });
}

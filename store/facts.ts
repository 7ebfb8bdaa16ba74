import type { Pool } from 'pg';
import { type Facts, factsOf } from '../scorecard/facts.ts';
import { type FactLine, isMoment } from '../scorecard/lines.ts';
import { prices, rates } from '../scorecard/rates.ts';
import type { StepFact } from '../scorecard/step.ts';
import { bucketOf } from '../scorecard/statistics/log-scale.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { findDefinition } from '../core/declare/find.ts';
import { nameOfFault } from '../environment/fault.ts';
import type { Report } from '../environment/log.ts';
import type { Receiver } from './outbox.ts';
import { type Db, row, rows, transaction } from './pool.ts';

export interface Projection {
  definitions: Readonly<Record<string, ProcessDefinition>>;
  report: Report;
}

/** Counts anew the cases that these lines are of, once each. A case that is under way is counted at its moments, and not with each write. */
export const factsReceiver =
  (projection: Projection): Receiver =>
  async (db, lines) => {
    const moved = new Set(lines.filter(({ type }) => isMoment(type, false)).map(({ caseId }) => caseId));
    const late = lines.filter(({ type, caseId }) => !moved.has(caseId) && isMoment(type, true));
    for (const caseId of await closedAmong(db, [...new Set(late.map(({ caseId }) => caseId))])) moved.add(caseId);
    const all = [...moved].sort();
    if (all.length > 1 && (await apart(db, all, projection)) === undefined) return;
    for (const one of all) {
      const failed = await apart(db, [one], projection);
      if (failed !== undefined) projection.report(`facts: not counted: ${failed}`, { case: one });
    }
  };

/** What cannot be stored here must not keep the other receivers' lines in the outbox. Answers why it could not be. */
async function apart(db: Db, caseIds: readonly string[], projection: Projection): Promise<string | undefined> {
  await row(db, 'facts.begin', 'savepoint facts');
  try {
    await project(db, projection, caseIds);
    return undefined;
  } catch (error) {
    await row(db, 'facts.undo', 'rollback to savepoint facts');
    return nameOfFault(error);
  }
}

async function closedAmong(db: Db, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return [];
  const closed = 'select case_id as "caseId" from cases where case_id = any ($1) and closed_at is not null';
  return (await rows<{ caseId: string }>(db, 'facts.closed', closed, [caseIds])).map(({ caseId }) => caseId);
}

/**
 * Counts every case anew from its record, all or nothing; what was counted before is shown until then. Nothing is handed out of the
 * outbox meanwhile. Answers how many there are.
 */
export const rebuildFacts = (pool: Pool, projection: Projection): Promise<number> =>
  transaction(pool, async (db) => {
    await row(db, 'facts.lock', "select pg_advisory_xact_lock(hashtextextended('baton.outbox', 0))");
    for (const table of ['fact_counts', 'fact_steps', 'fact_cases'])
      await row(db, `facts.empty.${table}`, `delete from ${table}`);
    const page = 200;
    const next = 'select case_id as "caseId" from cases where case_id > $1 order by case_id limit $2';
    let count = 0;
    for (let after = '', full = true; full;) {
      const found = await rows<{ caseId: string }>(db, 'facts.page', next, [after, page]);
      if (found.length > 0)
        await project(
          db,
          projection,
          found.map(({ caseId }) => caseId),
        );
      count += found.length;
      after = found.at(-1)?.caseId ?? after;
      full = found.length === page;
    }
    return count;
  });

async function project(db: Db, projection: Projection, caseIds: readonly string[]): Promise<void> {
  const lines = await rows<FactLine & { caseId: string; process: string }>(
    db,
    'facts.read',
    `select case_id as "caseId", process, seq, type, key, at, actor, body
     from record join cases using (case_id) where case_id = any ($1) order by case_id, seq`,
    [[...caseIds]],
  );
  const counted = [...Map.groupBy(lines, ({ caseId }) => caseId)].flatMap(([caseId, its]) => {
    const facts = countedAs(projection, caseId, its[0]!.process, its);
    return facts ? [facts] : [];
  });
  const gone = await rows<Countable>(
    db,
    'facts.forgetSteps',
    `delete from fact_steps where case_id = any ($1)
     returning process, kind, name, system, outcome, error, ended_at as "endedAt", ms, tries, lost_ms as "lostMs"`,
    [[...caseIds]],
  );
  await row(db, 'facts.forgetCases', 'delete from fact_cases where case_id = any ($1)', [[...caseIds]]);
  const cases = counted.map((facts) => asRow(facts.case));
  const steps = counted.flatMap((facts) => facts.steps.map((step) => asRow({ ...step, ...identityOf(facts) })));
  await insert(db, 'fact_cases', cases);
  await insert(db, 'fact_steps', steps);
  const added = counted.flatMap((facts) => facts.steps.map((step) => ({ ...step, ...identityOf(facts) })));
  await addCounts(db, gone, added);
}

const identityOf = ({ case: { caseId, process } }: Facts) => ({ caseId, process });

/** One that cannot be counted keeps no other from being counted. */
function countedAs({ definitions, report }: Projection, caseId: string, process: string, lines: readonly FactLine[]) {
  try {
    return factsOf(caseId, lines, { definition: findDefinition(definitions, process), rates, prices });
  } catch (error) {
    report(`facts: not counted: ${nameOfFault(error)}`, { case: caseId });
    return undefined;
  }
}

/** As columns are called: instants as texts, all else as it is. */
const asRow = (fact: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fact).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value,
    ]),
  );

async function insert(db: Db, table: 'fact_cases' | 'fact_steps', facts: readonly object[]): Promise<void> {
  if (facts.length === 0) return;
  const text = `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`;
  await row(db, `facts.insert.${table}`, text, [withoutNul(JSON.stringify(facts))]);
}

/** JSON without NUL, which jsonb does not take; a text may spell its escape out, after a backslash of its own. */
const withoutNul = (json: string): string => json.replaceAll(/(\\\\)|\\u0000/g, '$1');

type Countable = Pick<StepFact, 'kind' | 'name' | 'system' | 'outcome' | 'error' | 'ms' | 'tries' | 'lostMs'> & {
  process: string;
  endedAt: Date | number | null;
};

interface Count {
  count: number;
  retried: number;
  retries: number;
  lost_ms: number;
}

/** What the counts by days and months change by. */
async function addCounts(db: Db, gone: readonly Countable[], added: readonly Countable[]): Promise<void> {
  const deltas = new Map<string, Count>();
  for (const [sign, steps] of [
    [-1, gone],
    [1, added],
  ] as const)
    for (const step of steps) addTo(deltas, step, sign);
  const changed = [...deltas]
    .filter(([, { count, retried, retries, lost_ms }]) => [count, retried, retries, lost_ms].some((one) => one !== 0))
    .map(([key, delta]) => ({ ...(JSON.parse(key) as object), ...delta }));
  if (changed.length === 0) return;
  await row(
    db,
    'facts.count',
    `insert into fact_counts as f select * from jsonb_populate_recordset(null::fact_counts, $1)
     on conflict (span, day, process, kind, name, system, outcome, error, bucket) do update set count = f.count + excluded.count,
       retried = f.retried + excluded.retried, retries = f.retries + excluded.retries, lost_ms = f.lost_ms + excluded.lost_ms`,
    [JSON.stringify(changed)],
  );
  const fewer = changed.filter(({ count }) => count < 0);
  if (fewer.length === 0) return;
  await row(
    db,
    'facts.dropCounts',
    `delete from fact_counts f using jsonb_populate_recordset(null::fact_counts, $1) c
     where (f.span, f.day, f.process, f.kind, f.name, f.system, f.outcome, f.error, f.bucket)
         = (c.span, c.day, c.process, c.kind, c.name, c.system, c.outcome, c.error, c.bucket) and f.count = 0`,
    [JSON.stringify(fewer)],
  );
}

function addTo(deltas: Map<string, Count>, step: Countable, sign: 1 | -1): void {
  const { process, kind, name, system, outcome, error, endedAt, ms, tries, lostMs } = step;
  if (endedAt === null) return;
  const day = new Date(endedAt).toISOString().slice(0, 10);
  const labels = { process, kind, name, system: system ?? '', outcome: outcome ?? '', error: error ?? '' };
  const bucket = ms === null ? -1 : bucketOf(ms);
  for (const [span, of] of [
    ['day', day],
    ['month', `${day.slice(0, 7)}-01`],
  ]) {
    const key = JSON.stringify({ span, day: of, ...labels, bucket });
    const sum = deltas.get(key) ?? { count: 0, retried: 0, retries: 0, lost_ms: 0 };
    deltas.set(key, {
      count: sum.count + sign,
      retried: sum.retried + (tries > 1 ? sign : 0),
      retries: sum.retries + sign * Math.max(0, tries - 1),
      lost_ms: sum.lost_ms + sign * lostMs,
    });
  }
}

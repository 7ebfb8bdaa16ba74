import { type Db, row } from './pool.ts';

export interface Counts {
  cases: { process: string; outcome: string; count: number }[];
  /** Decisions that are waited for. */
  handoffs: { owner: string; count: number }[];
  /** In seconds, of the decision or task that waits for longest; a person's count as `(a person)`. */
  oldestHandoffs: { owner: string; kind: string; count: number }[];
  /** Open cases whose model did not answer, and is asked again. */
  waitingForModel: { process: string; count: number }[];
  tasks: { owner: string; kind: string; count: number }[];
  undeliveredRequests: number;
  undeliveredSignals: number;
  /** What subscribers are still to be told, and what was tried for the last time. */
  undeliveredEvents: { subscription: string; state: 'waiting' | 'dead'; count: number }[];
  /** In seconds: for how long what is longest on its way has been; 0 where nothing is. */
  lag: { kind: 'request' | 'signal' | 'outbox'; count: number }[];
  unknownCases: number;
  stopped: { scope: string; name: string; count: 1 }[];
  autonomy: { process: string; level: string; count: 1 }[];
  stuckCases: number;
  /** Found by reconciliation, ever; and those that belong to no case and wait for an administrator. */
  differences: number;
  strays: number;
  /** When the last reconciliation came to its end, in seconds since 1970; 0 where none did. */
  reconciledAt: number;
}

/** What there is now, counted. A case that is not closed counts under the outcome `open`. */
export async function count(db: Db): Promise<Counts> {
  const counts = await row<Counts>(
    db,
    'metrics.count',
    `select
       (select coalesce(json_agg(x), '[]') from (
         select process, coalesce(outcome, 'open') as outcome, count(*)::int from cases group by 1, 2 order by 1, 2) x) as cases,
       (select coalesce(json_agg(x), '[]') from (
         select case when person = owner then '(a person)' else owner end as owner, count(*)::int
         from handoffs where state = 'open' and kind <> 'task' group by 1 order by 1) x) as handoffs,
       (select coalesce(json_agg(x), '[]') from (
         select case when person = owner then '(a person)' else owner end as owner, kind,
                extract(epoch from now() - min(opened_at))::float8 as count
         from handoffs where state = 'open' group by 1, 2 order by 1, 2) x) as "oldestHandoffs",
       (select coalesce(json_agg(x), '[]') from (
         select kind, coalesce(extract(epoch from now() - since), 0)::float8 as count from (values
           ('request', (select min(created_at) from inbox where delivered_at is null)),
           ('signal', (select min(created_at) from signals where delivered_at is null)),
           ('outbox', (select at::timestamptz from outbox join record using (case_id, seq) order by outbox.id limit 1))) o (kind, since)) x) as lag,
       (select coalesce(json_agg(x), '[]') from (
         select process, count(distinct case_id)::int from record r join cases using (case_id)
         where closed_at is null and type in ('inference.unavailable', 'inference.unusable')
           and not exists (select 1 from steps s where s.key = substring(r.key from '^(.*)/[0-9]+$'))
         group by 1 order by 1) x) as "waitingForModel",
       (select coalesce(json_agg(x), '[]') from (
         select owner, name as kind, count(*)::int from handoffs where state = 'open' and kind = 'task' group by 1, 2 order by 1, 2) x) as tasks,
       (select count(*)::int from inbox where delivered_at is null) as "undeliveredRequests",
       (select count(*)::int from signals where delivered_at is null) as "undeliveredSignals",
       (select coalesce(json_agg(x), '[]') from (
         select subscription_id as subscription, state, count(*)::int from deliveries
         where state in ('waiting', 'dead') group by 1, 2 order by 1, 2) x) as "undeliveredEvents",
       (select count(*)::int from unknown_cases) as "unknownCases",
       (select coalesce(json_agg(x), '[]') from (
         select scope, name, 1 as count from switches where stopped order by 1, 2) x) as stopped,
       (select coalesce(json_agg(x), '[]') from (select process, level, 1 as count from autonomy order by 1) x) as autonomy,
       (select count(*)::int from stuck_cases) as "stuckCases",
       (select count(*)::int from differences where not stray) as differences,
       (select count(*)::int from differences where stray and settled_at is null) as strays,
       (select coalesce(extract(epoch from max(completed_at)), 0)::float8 from reconciliations) as "reconciledAt"`,
  );
  return counts!;
}

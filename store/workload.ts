import { type Db, rows } from './pool.ts';

/** How many cases of a process are open, and in which state. */
export interface OpenCases {
  process: string;
  open: number;
  stuck: number;
  compensating: number;
}

export const openCases = (db: Db, processes: readonly string[]) =>
  rows<OpenCases>(
    db,
    'workload.cases',
    `select process, count(*)::int as open, count(s.case_id)::int as stuck,
            count(*) filter (where s.case_id is null and writes_closed_at is not null)::int as compensating
     from cases left join stuck_cases s using (case_id)
     where closed_at is null and process = any ($1) group by process`,
    [[...processes]],
  );

/** What open cases of a process wait for, by the name of the step, and whose turn it is. */
export interface Waiting {
  process: string;
  kind: 'decision' | 'rework' | 'task' | 'event' | 'held';
  /** Of a task its kind; of what a switch holds the inference or action. */
  name: string;
  /** Null where nobody is asked, and where it was given to a person by name. */
  owner: string | null;
  count: number;
  atRisk: number;
  /** Past the time to answer. */
  late: number;
}

export const waitingIn = (db: Db, processes: readonly string[]) =>
  rows<Waiting>(
    db,
    'workload.waiting',
    `select process, kind, name, owner, count(*)::int as count, count(*) filter (where stage = 'at-risk')::int as "atRisk",
            count(*) filter (where stage in ('escalated', 'expired'))::int as late
     from (
       select process, kind, name, sla_stage as stage,
              case when person is null or sla_stage in ('escalated', 'expired') then owner end as owner
       from handoffs where not closed and process = any ($1)
       union all
       select a.process, 'event', name, '', owner from awaited a join cases c using (case_id)
       where a.process = any ($1) and c.closed_at is null and event_id is null and not over and until > now()
       union all
       select process, 'held', substring(substr(key, length(case_id) + 2) from '^\\w+'), '', null from held join cases using (case_id)
       where since is not null and closed_at is null and process = any ($1)
     ) w group by process, kind, name, owner order by process, kind, name, owner`,
    [[...processes]],
  );

import { type Db, rows } from '../pool.ts';

/** Of a process's newest closed cases, at most so many, and none that closed longer ago. */
export const newestClosed = { cases: 500, days: 30 } as const;

const recent = `select case_id, outcome from fact_cases
  where process = $1 and closed_at > now() - interval '${newestClosed.days} days' order by closed_at desc limit ${newestClosed.cases}`;

/** How many of them came by a step. A kind as in `fact_steps`, or `outcome`. */
export interface Passed {
  kind: string;
  name: string;
  cases: number;
}

export const stepsPassed = (db: Db, process: string) =>
  rows<Passed>(
    db,
    'passage.steps',
    `with recent as materialized (${recent})
     select kind, name, count(distinct case_id)::int as cases from recent join fact_steps using (case_id) group by kind, name
     union all select 'outcome', outcome, count(*)::int from recent group by outcome
     union all select 'request', '', count(*)::int from recent`,
    [process],
  );

export const modelsAsked = (db: Db, process: string) =>
  rows<{ model: string }>(
    db,
    'passage.models',
    `with recent as materialized (${recent})
     select distinct system as model from recent join fact_steps using (case_id)
     where kind = 'inference' and system is not null order by 1`,
    [process],
  );

/** How many of them went from one step straight to another. Sources are read together, so that they have no names here. */
export interface Followed {
  fromKind: string;
  fromName: string;
  kind: string;
  name: string;
  cases: number;
}

export const stepsFollowed = (db: Db, process: string) =>
  rows<Followed>(
    db,
    'passage.followed',
    `with recent as materialized (${recent}), ordered as (
       select case_id, outcome, kind, name, lag(kind) over way as from_kind, lag(name) over way as from_name,
              lead(kind) over way is null as last
       from (select case_id, r.outcome, kind, case kind when 'read' then '' else name end as name, began_at, ended_at, key
             from recent r join fact_steps using (case_id) where kind not in ('compensation', 'task', 'approval')) s
       window way as (partition by case_id order by began_at, ended_at, key)),
     followed as (
       select case_id, coalesce(from_kind, 'request') as from_kind, coalesce(from_name, '') as from_name, kind, name from ordered
       where (from_kind, from_name) is distinct from (kind, name)
       union all select case_id, kind, name, 'outcome', outcome from ordered where last)
     select from_kind as "fromKind", from_name as "fromName", kind, name, count(distinct case_id)::int as cases
     from followed group by 1, 2, 3, 4 order by cases desc, 1, 2, 3, 4`,
    [process],
  );

/** How many cases each row of a policy decided in these days. A ruling of a table that collects names all rows that held. */
export const casesByRule = (
  db: Db,
  process: string,
  policy: string,
  { days, collects }: { days: number; collects: boolean },
) =>
  rows<{ rule: string; cases: number }>(
    db,
    'passage.rules',
    `select one as rule, count(distinct case_id)::int as cases
     from fact_steps, unnest(case when $4 then string_to_array(rule, ', ') else array[rule] end) as one
     where kind = 'ruling' and process = $1 and name = $2 and ended_at > now() - make_interval(days => $3) and rule is not null
     group by one`,
    [process, policy, days, collects],
  );

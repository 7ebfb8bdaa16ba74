-- What the scorecard counts: computed from the record of each case and from the declarations, and from nothing else.

-- Since when a case waits for an event: its line of the record says so.
alter table awaited add column since timestamptz not null default clock_timestamp();

-- `seq`: the line of the record as of which the case was counted. `owners`: its process's owner, and every queue that was asked. Amounts
-- of money in millionths of the currency of `scorecard/rates.json`. `drift`: of each fact and answer its last value, a number or a category. `impact_currencies`: of
-- what is an amount in `impact`, in the smallest unit, its currency; `XXX` where that is not known.
create table fact_cases (
  case_id        text primary key,
  process        text        not null,
  owners         text[]      not null,
  version        text        not null,
  tables         text[]      not null,
  country        text,
  seq            int         not null,
  opened_at      timestamptz not null,
  closed_at      timestamptz,
  outcome        text,
  failed         boolean     not null,
  straight_through boolean   not null,
  cause          text check (cause in ('data', 'model', 'policy', 'handoff', 'integration', 'ours')),
  cycle_ms       bigint,
  touch_ms       bigint,
  wait_ms        bigint,
  people_ms      bigint      not null,
  estimated_ms   bigint      not null,
  handoffs       int         not null,
  rework         int         not null,
  edits          int         not null,
  within_sla     boolean,
  rollback       text,
  compensation_ms bigint,
  reversed       boolean     not null,
  tokens         bigint      not null,
  model_cost     bigint      not null,
  people_cost    bigint      not null,
  fee_cost       bigint      not null,
  unpriced       boolean     not null,
  impact         jsonb,
  impact_currencies jsonb,
  drift          jsonb       not null,
  check (not failed or cause is not null)
);
create index fact_cases_closed on fact_cases (process, closed_at);
create index fact_cases_opened on fact_cases (process, opened_at);
create index fact_cases_open on fact_cases (process) where closed_at is null;

-- `system`: the system of record or the model that was called. `ms`: how long the step took; of a handoff or an event, until it was over.
-- `lost_ms`: of it, what tries took that failed. `person`: who decided; `role`: in the name of which queue; shown to nobody but its lead. `agreed`: of an
-- inference, whether the person who decided next left the terms as they were; null where nobody looked.
create table fact_steps (
  case_id    text        not null references fact_cases on delete cascade,
  key        text        not null,
  kind       text        not null check (kind in ('read', 'inference', 'ruling', 'handoff', 'task', 'event', 'action', 'compensation')),
  name       text        not null,
  process    text        not null,
  system     text,
  owner      text,
  person     text,
  role       text,
  began_at   timestamptz not null,
  ended_at   timestamptz,
  ms         bigint,
  tries      int         not null,
  lost_ms    bigint      not null,
  outcome    text,
  error      text,
  stage      text,
  people_ms  bigint      not null,
  estimated  boolean     not null,
  edits      text[]      not null,
  rule       text,
  confidence float8,
  agreed     boolean,
  tokens     bigint      not null,
  primary key (case_id, key, kind)
) partition by list (kind);
-- What is asked of people is little beside the rest, and read far more often.
create table fact_people_steps partition of fact_steps for values in ('handoff', 'task');
create table fact_own_steps partition of fact_steps default;
create index fact_steps_ended on fact_steps (ended_at, process);
create index fact_steps_repairs on fact_steps (ended_at, process) where name = 'repair';
create index fact_steps_edited on fact_steps (ended_at, process) where cardinality(edits) > 0;
create index fact_steps_judged on fact_steps (ended_at, process) where agreed is not null;

-- Steps counted by UTC days and months, on a logarithmic scale of how long they took (`bucket`: see `scorecard/statistics/log-scale.ts`; -1
-- where that is not known). `retried`: how many of them were tried more than once; `retries`: how often; `lost_ms`: what that took.
create table fact_counts (
  span    text   not null check (span in ('day', 'month')),
  day     date   not null,
  process text   not null,
  kind    text   not null,
  name    text   not null,
  system  text   not null,
  outcome text   not null,
  error   text   not null,
  bucket  int    not null,
  count   bigint not null,
  retried bigint not null,
  retries bigint not null,
  lost_ms bigint not null,
  primary key (span, day, process, kind, name, system, outcome, error, bucket)
);

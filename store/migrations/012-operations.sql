-- What the scorecard knows of operations and no record says: kept as it happens, and gone with this database.

-- The code that workers run became another. `how`: promoted, where workers have a build id; else started, by the first worker with it.
-- `build`: its id, or what its workflows are called after where it has none.
create table deploys (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default now(),
  deployment text        not null,
  build      text        not null,
  how        text        not null check (how in ('promoted', 'started'))
);
create index deploys_at on deploys (at);

-- A workflow that did not replay on a build, once however often that was tried.
create table replay_failures (
  workflow_id text        not null,
  build       text        not null,
  process     text        not null,
  because     text        not null,
  at          timestamptz not null default now(),
  times       int         not null default 1,
  primary key (workflow_id, build)
);
create index replay_failures_at on replay_failures (at);

-- How long work waited for a worker, counted by UTC hours, days and months, each from `since` on, on a logarithmic scale (`bucket`: see
-- `scorecard/statistics/log-scale.ts`). `what`: schedule-to-start, of each try of a step that was started; backlog-age, of the oldest that waited each time it was looked.
create table task_lags (
  span   text        not null check (span in ('hour', 'day', 'month')),
  since  timestamptz not null,
  what   text        not null check (what in ('schedule-to-start', 'backlog-age')),
  queue  text        not null,
  bucket int         not null,
  count  bigint      not null,
  primary key (span, since, what, queue, bucket)
);

-- Of several people who must approve, each answer is a step of its own.
alter table fact_steps drop constraint fact_steps_kind_check;
alter table fact_steps add constraint fact_steps_kind_check
  check (kind in ('read', 'inference', 'ruling', 'handoff', 'approval', 'task', 'event', 'action', 'compensation'));
alter table fact_steps detach partition fact_people_steps;
alter table fact_steps attach partition fact_people_steps for values in ('handoff', 'approval', 'task');

-- What a process's owner wants a measure to be. Never changed in place: the newest line of a process and measure holds; without a value
-- there is no target any more. `of`: which figures it is about, by their labels; all of them where it names none.
create table targets (
  id        bigint generated always as identity primary key,
  process   text        not null,
  measure   text        not null,
  bound     text        not null check (bound in ('at-least', 'at-most')),
  value     float8,
  over_days int         not null check (over_days between 1 and 366),
  of        jsonb       not null,
  because   text        not null,
  by        text        not null,
  at        timestamptz not null default now()
);
create index targets_newest on targets (process, measure, id desc);

-- Each time that a measure crossed its target, until it was back. Its task stands in `case_id`, under `targets/<process>/<measure>/<n>`.
create table target_alarms (
  process text        not null,
  measure text        not null,
  n       int         not null,
  case_id text        not null references cases,
  since   timestamptz not null default now(),
  back_at timestamptz,
  primary key (process, measure, n)
);
create unique index target_alarms_open on target_alarms (process, measure) where back_at is null;

-- `reported_at`: up to when somebody has had the weekly report, or since when they want it.
alter table notification_settings add column weekly_report text not null default 'never' check (weekly_report in ('weekly', 'never'));
alter table notification_settings add column reported_at timestamptz not null default now();

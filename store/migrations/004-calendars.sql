-- When a queue works. Never changed in place: the highest version counts.
create table calendars (
  name    text        not null,
  version int         not null,
  content json        not null,
  by      text        not null,
  because text        not null,
  at      timestamptz not null default clock_timestamp(),
  primary key (name, version)
);
create trigger calendars_are_append_only before update or delete on calendars for each row execute function refuse_change();
create trigger calendars_are_never_emptied before truncate on calendars execute function refuse_change();

-- Which calendar a queue works by, and who said so, when and why. The last line counts; a queue without one has the default.
create table queue_calendars (
  id       bigint generated always as identity primary key,
  queue    text        not null,
  calendar text        not null,
  by       text        not null,
  because  text        not null,
  at       timestamptz not null default clock_timestamp()
);
create index queue_calendars_of on queue_calendars (queue, id desc);
create trigger queue_calendars_are_append_only before update or delete on queue_calendars for each row execute function refuse_change();
create trigger queue_calendars_are_never_emptied before truncate on queue_calendars execute function refuse_change();

create function calendar_of(p_queue text) returns table (calendar text, version int) language sql stable as $$
  select name, max(c.version) from calendars c
  where name = coalesce((select q.calendar from queue_calendars q where queue = p_queue order by id desc limit 1), 'utc')
  group by name
$$;

-- `clock`: what the times of a handoff are computed from, on the case's own clock; `clock_queue`: whose calendar rules it.
alter table handoffs
  add column clock            json,
  add column clock_queue      text,
  add column calendar         text,
  add column calendar_version int,
  add column pauses_while     text[] not null default '{}',
  add column paused_at        timestamptz,
  add column unattended       boolean not null default false,
  add column closed boolean not null generated always as (state <> 'open') stored,
  add column due_at timestamptz not null generated always as (
    case when sla_stage in ('waiting', 'at-risk') or expires_at is null then escalates_at else expires_at end) stored;
create index handoffs_by_calendar on handoffs (clock_queue, calendar, calendar_version) where state = 'open';
drop index handoffs_waiting, handoffs_of_person;
create index handoffs_listed on handoffs (closed, due_at, id);
create index handoffs_listed_by_owner on handoffs (owner, closed, due_at, id);
create index handoffs_listed_by_person on handoffs (person, closed, due_at, id) where person is not null;
create index handoffs_listed_by_first_owner on handoffs (first_owner, closed, due_at, id)
  where sla_stage = 'escalated' and person is null;
create index handoffs_counted on handoffs (owner) include (sla_stage, person, claimed_by, paused_at, opened_at) where not closed;

-- Why the clock of a handoff stands still now: it goes on when none of them is left, and none holds it beyond its `until`.
create table pauses (
  handoff_id text        not null references handoffs,
  cause      text        not null,
  about      text        not null,
  since      timestamptz not null default clock_timestamp(),
  until      timestamptz,
  primary key (handoff_id, cause, about)
);

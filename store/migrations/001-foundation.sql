-- One case, from its event to its record. Instants are the database's own; a case's clock is `now() + clock_offset`.

-- Requests that were accepted, before their workflow starts. A key is its sender's own (`sent_by`): nobody takes the place of another's.
-- `opened_by` is the key of the action by which another case opens this one. `opened`: its case is registered. `looked_at`, here and of
-- cases: when Temporal was last asked whether the workflow still runs.
create table inbox (
  id              bigint generated always as identity primary key,
  process         text        not null,
  sent_by         text        not null,
  idempotency_key text        not null,
  request_digest  text        not null,
  case_id         text        not null unique,
  request         json        not null,
  requester       text        not null,
  as_of           timestamptz,
  created_at      timestamptz not null default now(),
  opened_by       text unique,
  delivered_at    timestamptz,
  attempts        int         not null default 0,
  next_attempt_at timestamptz not null default now(),
  opened          boolean     not null default false,
  looked_at       timestamptz not null default now(),
  traceparent     text,
  unique (sent_by, idempotency_key, process)
);
create index inbox_undelivered on inbox (next_attempt_at) where delivered_at is null;
create index inbox_reversals on inbox ((request->>'caseId')) where process = 'reversal';
create index inbox_unopened on inbox (looked_at) where delivered_at is not null and not opened;
create index inbox_unopened_of on inbox (requester) where not opened;

-- `about`: whom the case is about. `impact`: what it was worth, as its process measures it. `opened_by`: as in the inbox; that case is
-- notified how this one ended.
create table cases (
  case_id      text primary key,
  process      text        not null,
  business_key text        not null,
  run_id       text        not null,
  request      json        not null,
  requester    text        not null,
  about        text[]      not null default '{}',
  opened_by    text,
  opened_at    timestamptz not null default now(),
  clock_offset interval    not null default '0',
  cancel_requested_at timestamptz,
  writes_closed_at timestamptz,
  closed_at    timestamptz,
  outcome      text,
  result       json,
  impact       json,
  flag         text,
  record_seq   int         not null default 0,
  record_head  text        not null default '',
  looked_at    timestamptz not null default now(),
  unique (process, business_key)
);
create index cases_open on cases (looked_at) where closed_at is null;
create index cases_newest on cases (opened_at desc, case_id);
create index cases_by_outcome on cases (process, outcome, opened_at desc);
create index cases_by_requester on cases (requester, opened_at desc);

-- Cases that Temporal does not know although their start was confirmed, until it knows them again or they are closed. `held`: there
-- were too many at once, so that a person must say what became of them.
create table unknown_cases (
  case_id text        primary key,
  since   timestamptz not null default now(),
  held    boolean     not null default false
);

-- Cases that a bug of ours stops, until they go on. `step`: the activity that fails again and again; null where it is the workflow's own
-- code. `after`: the last line of the record by then.
create table stuck_cases (
  case_id text        primary key,
  since   timestamptz not null,
  error   text        not null,
  step    text,
  after   text
);

-- Texts too long to be handed from step to step, by the SHA-256 of their UTF-8.
create table texts (
  sha256  text primary key,
  body    text        not null,
  kept_at timestamptz not null default now()
);

-- What a read, an inference or a ruling answered, under its key, so that a second try reads it back.
create table steps (
  key          text primary key,
  case_id      text        not null references cases,
  kind         text        not null,
  input_digest text        not null,
  result       json        not null,
  at           timestamptz not null default now()
);
create index steps_of_case on steps (case_id);

create table rulings (
  id            text primary key,
  case_id       text        not null references cases,
  policy        text        not null,
  verdict       text        not null,
  rule          text        not null,
  terms_name    text        not null,
  terms         json        not null,
  terms_digest  text        not null,
  table_digest  text        not null,
  carefulness   int         not null,
  valid_until   timestamptz,
  at            timestamptz not null default clock_timestamp(),
  counted       boolean     not null default false
);
create index rulings_of_case on rulings (case_id, terms_name);

-- What a ruling that is `counted` adds to sums over several cases. `key`: which sum, whose, in which currency.
create table counted (
  ruling  text   not null references rulings,
  case_id text   not null references cases,
  key     text   not null,
  item    text   not null,
  amount  bigint not null,
  primary key (ruling, key, item)
);
create index counted_under on counted (key);

-- `first_owner`: whom it was first given to, which may be a person (`person`). `not_by`: handoffs of the same case whose approvers do not
-- answer this one. A `task` is what no workflow can finish, named by its kind: about the step `step_key`, never expired, open also
-- when its case is closed. `case_waits`: the case goes on from the answer. `limited_by`: where its terms hold the amount that limits
-- of authority are about. `approvals_needed`: how many different people must approve.
create table handoffs (
  id           text primary key,
  case_id      text        not null references cases,
  process      text        not null,
  kind         text        not null default 'decision' check (kind in ('decision', 'task', 'rework')),
  name         text        not null,
  step_key     text,
  case_waits   boolean     not null default true,
  owner        text        not null,
  first_owner  text        not null,
  person       text,
  not_by       text[]      not null default '{}',
  escalate_to  text        not null,
  state        text        not null default 'open' check (state in ('open', 'decided', 'completed', 'withdrawn')),
  sla_stage    text        not null default 'waiting' check (sla_stage in ('waiting', 'at-risk', 'escalated', 'expired')),
  version      int         not null default 1,
  terms_name   text,
  terms        json,
  packet       json        not null,
  may_amend    text[]      not null default '{}',
  limited_by   json,
  approvals_needed int     not null default 1 check (approvals_needed >= 1),
  hidden       text[]      not null default '{}',
  claimed_by   text,
  opened_at    timestamptz not null default now(),
  at_risk_at   timestamptz not null,
  escalates_at timestamptz not null,
  expires_at   timestamptz,
  check (kind = 'task' or expires_at is not null),
  check (kind <> 'task' or step_key is not null)
);
create index handoffs_of_step on handoffs (step_key) where step_key is not null;
create index handoffs_tasks_due on handoffs ((case sla_stage when 'waiting' then at_risk_at else escalates_at end))
  where kind = 'task' and state = 'open' and sla_stage in ('waiting', 'at-risk');
create index handoffs_waiting on handoffs (owner, escalates_at) where state = 'open';
create index handoffs_of_case on handoffs (case_id);
create index handoffs_of_person on handoffs (person, escalates_at) where person is not null;

-- First writer wins: a person's answer, or the contract's own when its time is over. `for_person`: whom they stood in for.
create table decisions (
  handoff_id   text primary key references handoffs,
  case_id      text        not null references cases,
  verdict      text        not null check (verdict in ('approved', 'rejected', 'returned', 'expired', 'reworked')),
  by           text        not null,
  for_person   text,
  delegation   uuid,
  role         text        not null,
  because      text        not null default '',
  terms        json,
  terms_digest text,
  amended      boolean     not null default false,
  at           timestamptz not null default clock_timestamp()
);

-- First writer wins: what a person found who completed a task.
create table completions (
  handoff_id   text primary key references handoffs,
  case_id      text        not null references cases,
  found        text        not null,
  reference    text,
  result       json,
  by           text        not null,
  for_person   text,
  role         text        not null,
  because      text        not null,
  at           timestamptz not null default clock_timestamp()
);

-- A write's intent, stored before the write, and what became of it. Until `may_land_until` a call that was sent may still take
-- effect in the system, whatever it says meanwhile; null: none can. `undo_may_land_until`: the same of the write that takes it back.
create table actions (
  key          text primary key,
  case_id      text        not null references cases,
  seq          bigint generated always as identity,
  process      text        not null,
  action       text        not null,
  operation    text        not null,
  line         text        not null default '',
  input        json        not null,
  input_digest text        not null,
  approval     text        not null,
  state        text        not null default 'intended'
               check (state in ('intended', 'done', 'refused', 'unknown', 'compensated', 'kept', 'stuck')),
  may_land_until      timestamptz,
  undo_may_land_until timestamptz,
  leased_until timestamptz not null default now(),
  result       json,
  -- Whether what it writes was there before it was sent, where the system keeps no keys.
  was_there    boolean,
  at           timestamptz not null default now()
);
create index actions_of_case on actions (case_id);
-- An approval is used once for an action and line, whether or not somebody supervises it.
create unique index actions_approval_action_line_key
  on actions (split_part(approval, ' + ' || case_id || '/supervision:', 1), action, line);

-- Steps that a switch holds, or held. `since`: from when on, null once the step went on. `held_ms`, `times`: of the holds before.
create table held (
  key      text primary key,
  case_id  text        not null references cases,
  stop     text        not null,
  first_at timestamptz not null default clock_timestamp(),
  since    timestamptz default clock_timestamp(),
  held_ms  float8      not null default 0,
  times    int         not null default 1
);
create index held_of_case on held (case_id);
create index held_now on held (case_id) where since is not null;

-- Whether what a case wrote is all taken back, and what the cases wrote that it opened; null where nothing was to be.
create function rollback_of(p_case text) returns text language sql stable as $$
  with recursive of_case (case_id) as (
    select p_case
    union select inbox.case_id from of_case join actions using (case_id) join inbox on inbox.opened_by = actions.key)
  select case
    when not exists (select from cases where case_id = p_case and writes_closed_at is not null) then null
    when exists (select from actions join of_case using (case_id) where state in ('intended', 'done', 'unknown', 'stuck', 'kept'))
      then 'partial'
    else 'complete' end
$$;

-- What a case waits for from elsewhere, and what came from elsewhere, also before anyone waited.
create table awaited (
  key          text primary key,
  case_id      text        not null references cases,
  process      text        not null,
  name         text        not null,
  correlation  text        not null,
  owner        text,
  until        timestamptz not null,
  event_id     bigint,
  over         boolean     not null default false
);
create index awaited_open on awaited (name, correlation) where event_id is null and not over;
-- An event's id is its sender's own. `digest` is of all that was sent: the same id with other data is another event.
create table events (
  id           bigint generated always as identity primary key,
  sent_by      text        not null,
  source       text        not null,
  source_id    text        not null,
  digest       text        not null,
  process      text        not null,
  name         text        not null,
  correlation  text        not null,
  data         json        not null,
  received_at  timestamptz not null default now(),
  claimed_by   text,
  unique (source, source_id, sent_by)
);
create index events_unclaimed on events (process, name, correlation) where claimed_by is null;

-- Events that fit no process, kept for whoever looks.
create table refused_events (
  id          bigint generated always as identity primary key,
  source      text        not null,
  source_id   text        not null,
  type        text        not null,
  sent_by     text        not null,
  problem     text        not null,
  errors      json        not null,
  data        json,
  digest      text        not null,
  received_at timestamptz not null default now(),
  unique (source, source_id, sent_by, digest)
);

-- Signals notify a case of what is stored; the relay sends them again until they arrived.
create table signals (
  id              bigint generated always as identity primary key,
  case_id         text        not null,
  signal          text        not null,
  body            jsonb       not null,
  created_at      timestamptz not null default now(),
  delivered_at    timestamptz,
  attempts        int         not null default 0,
  next_attempt_at timestamptz not null default now()
);
create index signals_undelivered on signals (next_attempt_at) where delivered_at is null;

-- What the systems of record say they applied under our keys, and how many times; `cursors`: how far each was read.
create table effects (
  key       text        not null,
  operation text        not null,
  at        timestamptz not null,
  times     int         not null default 1,
  seen_at   timestamptz not null default now(),
  primary key (key, operation)
);
create index effects_newest on effects (seen_at);
create table cursors (
  system text primary key,
  cursor text not null
);

-- Where Temporal or a system of record does not agree with the store; each is found once, and is somebody's work. `stray`: the store
-- knows no such case, so that it waits here until an administrator says what became of it.
create table differences (
  key        text primary key,
  case_id    text        not null,
  stray      boolean     not null,
  because    text        not null,
  detail     json        not null,
  found_at   timestamptz not null default now(),
  settled_at timestamptz,
  settled_by text,
  settled_because text
);
create table reconciliations (
  run_id       text primary key,
  began_at     timestamptz not null,
  completed_at timestamptz not null default now()
);

-- Who is known. `canonical`: the form in which names are compared. `active`: false ends their roles, whatever `memberships` holds,
-- until whoever ended them (`ended_by`) takes it back. `roles_as_of`: when what counts about their roles was said, in seconds since
-- 1970; null: it never was, which is not the same as having none. `language`: `en` or `de`.
create table people (
  person       text primary key,
  canonical    text unique,
  display_name text,
  email        text,
  language     text    not null default 'en',
  active       boolean not null default true,
  ended_by     text check (ended_by in ('administrator', 'scim')),
  roles_as_of  bigint
);

create table memberships (
  person   text not null,
  role     text not null,
  given_by text not null default 'store' check (given_by in ('store', 'scim', 'token')),
  primary key (person, role)
);
-- Who is in which role now: nobody is in one whose time here has ended.
create view members as
  select person, role, given_by from memberships m
  where not exists (select from people p where p.person = m.person and not p.active);

create table tables (
  process      text        not null,
  policy       text        not null,
  version      int         not null,
  digest       text        not null,
  content      json        not null,
  published_at timestamptz not null default now(),
  primary key (process, policy, version)
);

-- The evidence of a case: append-only, each line chained to the one before.
create table record (
  case_id  text   not null references cases,
  seq      int    not null,
  type     text   not null,
  key      text   not null,
  at       text   not null,
  actor    text   not null,
  body     json   not null,
  previous text   not null,
  hash     text   not null,
  primary key (case_id, seq),
  unique (case_id, key, type)
);
create index record_of_failed_models on record (case_id) where type in ('inference.unavailable', 'inference.unusable');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is append-only';
end $$;
create trigger record_is_append_only before update or delete on record for each row execute function refuse_change();
create trigger record_is_never_emptied before truncate on record execute function refuse_change();
create trigger decisions_are_append_only before update or delete on decisions for each row execute function refuse_change();
create trigger decisions_are_never_emptied before truncate on decisions execute function refuse_change();
create trigger completions_are_append_only before update or delete on completions for each row execute function refuse_change();
create trigger completions_are_never_emptied before truncate on completions execute function refuse_change();
create trigger tables_are_append_only before update or delete on tables for each row execute function refuse_change();
create trigger tables_are_never_emptied before truncate on tables execute function refuse_change();

-- Appends one line; the same (key, type) twice is one line. Locks the case row until the transaction ends, so a case's
-- lines are in order. hash = sha256(previous \n seq \n at \n digest), digest = sha256 of the canonical JSON of
-- {caseId, type, key, actor, body}, which the caller computes.
create function append_record(p_case text, p_type text, p_key text, p_actor text, p_body json, p_digest text)
returns int language plpgsql as $$
declare
  v_seq int; v_previous text; v_at text; v_hash text;
begin
  select record_seq, record_head into v_seq, v_previous from cases where case_id = p_case for update;
  if not found then raise exception 'no case %', p_case; end if;
  if exists (select 1 from record where case_id = p_case and key = p_key and type = p_type) then return 0; end if;
  v_seq := v_seq + 1;
  v_at := to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  v_hash := encode(sha256(convert_to(v_previous || E'\n' || v_seq || E'\n' || v_at || E'\n' || p_digest, 'utf8')), 'hex');
  update cases set record_seq = v_seq, record_head = v_hash where case_id = p_case;
  insert into record (case_id, seq, type, key, at, actor, body, previous, hash)
  values (p_case, v_seq, p_type, p_key, v_at, p_actor, p_body, v_previous, v_hash);
  return v_seq;
end $$;

-- Who switched what, or set which level of autonomy, when and why. The last line counts. A name of scope `all` is `all`.
create table switch_changes (
  id         bigint generated always as identity primary key,
  scope      text        not null check (scope in ('all', 'process', 'system', 'model')),
  name       text        not null,
  was        boolean     not null,
  stopped    boolean     not null,
  by         text        not null,
  because    text        not null,
  at         timestamptz not null default clock_timestamp()
);
create index switch_changes_of on switch_changes (scope, name, id desc);
create table autonomy_changes (
  id         bigint generated always as identity primary key,
  process    text        not null,
  was        text        not null check (was in ('observe', 'assist', 'straight-through')),
  level      text        not null check (level in ('observe', 'assist', 'straight-through')),
  by         text        not null,
  because    text        not null,
  at         timestamptz not null default clock_timestamp()
);
create index autonomy_changes_of on autonomy_changes (process, id desc);
create trigger switch_changes_are_append_only before update or delete on switch_changes for each row execute function refuse_change();
create trigger switch_changes_are_never_emptied before truncate on switch_changes execute function refuse_change();
create trigger autonomy_changes_are_append_only before update or delete on autonomy_changes for each row execute function refuse_change();
create trigger autonomy_changes_are_never_emptied before truncate on autonomy_changes execute function refuse_change();
create view switches as
  select distinct on (scope, name) *, case scope when 'all' then scope else scope || '/' || name end as stop
  from switch_changes order by scope, name, id desc;
create view autonomy as select distinct on (process) * from autonomy_changes order by process, id desc;

-- Whoever changes a switch, a level or a role takes this lock alone: intents under way come first, and every later one sees it.
create function change_controls() returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('baton.controls', 0))
$$;

-- The switch that stops this process or the system of this operation, if one does. Taking back, also on demand, is never stopped.
create function stop_of(p_process text, p_operation text) returns text language sql stable as $$
  select stop from switches
  where stopped and p_operation <> 'cases.undo'
    and (scope, name) in (('all', 'all'), ('process', p_process), ('system', split_part(p_operation, '.', 1)))
  order by scope limit 1
$$;

-- What a new write is held to at this very moment: a switch, the process's level of autonomy, and who of those who decided may no longer.
-- Its statements see what was changed while it waited for the lock.
create function controls_now(p_process text, p_operation text, p_approvals text[], out stop text, out level text, out lost text)
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('baton.controls', 0));
  stop := stop_of(p_process, p_operation);
  level := coalesce((select a.level from autonomy a where a.process = p_process), 'straight-through');
  lost := lost_approver(p_approvals);
end $$;

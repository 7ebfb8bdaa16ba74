-- `follows`: of a rework the handoff that was returned, of a handoff that is asked again the rework. `ruled_terms`: what was ruled on,
-- where a rework changed the terms since. `may_change`: fields of the packet, of a rework. `drafts`: fields that a model drafted.
-- `times_returned`: how often its queue had sent it back in this case when it was opened.
alter table handoffs
  add column follows     text references handoffs,
  add column ruled_terms json,
  add column may_change  text[] not null default '{}',
  add column drafts      text[] not null default '{}',
  add column times_returned int not null default 0;
create index handoffs_following on handoffs (follows) where follows is not null;
-- `packet`: as a rework left it. `edits`: what was changed, as JSON Patches.
alter table decisions
  add column packet json,
  add column edits  json;

-- What whoever may answer a handoff asks of its requester or of another queue. `shows`: what else of the handoff those asked see.
create table questions (
  id          text primary key,
  seq         bigint generated always as identity,
  handoff_id  text        not null references handoffs,
  case_id     text        not null references cases,
  asked_of    text        not null,
  queue       text,
  person      text,
  asked_by    text        not null,
  question    text        not null,
  shows       json        not null default '[]',
  state       text        not null default 'open' check (state in ('open', 'answered', 'unanswered', 'taken-back', 'closed')),
  asked_at    timestamptz not null default clock_timestamp(),
  at_risk_at  timestamptz not null,
  due_at      timestamptz not null,
  answer      text,
  answered_by text,
  answered_at timestamptz,
  check ((queue is null) <> (person is null)),
  check ((state = 'answered') = (answer is not null))
);
create index questions_of_handoff on questions (handoff_id);
create index questions_of_queue on questions (queue, due_at) where queue is not null;
create index questions_of_person on questions (person, due_at) where person is not null;
create index questions_due on questions (due_at) where state = 'open';

create table comments (
  id         bigint generated always as identity primary key,
  handoff_id text        not null references handoffs,
  case_id    text        not null references cases,
  by         text        not null,
  text       text        not null,
  at         timestamptz not null default clock_timestamp()
);
create index comments_of_handoff on comments (handoff_id, id);
create trigger comments_are_append_only before update or delete on comments for each row execute function refuse_change();
create trigger comments_are_never_emptied before truncate on comments execute function refuse_change();

create function iso_of(at timestamptz) returns text language sql immutable as $$
  select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- The questions of a handoff, as they stand beside its packet.
create function questions_of(p_handoff text) returns json language sql stable as $$
  select coalesce(json_agg(json_build_object(
    'id', q.id, 'to', q.asked_of, 'question', q.question, 'askedBy', q.asked_by, 'state', q.state,
    'dueAt', iso_of(q.due_at + c.clock_offset), 'answer', q.answer, 'by', q.answered_by,
    'at', iso_of(q.answered_at + c.clock_offset)) order by q.seq), '[]')
  from questions q join cases c using (case_id) where q.handoff_id = p_handoff
$$;

-- What each version of a handoff showed, besides its packet and the terms it was opened with, which no version changes. Its `terms`:
-- where an approver changed them, while others must still approve.
create table handoff_versions (
  handoff_id text        not null references handoffs,
  version    int         not null,
  shown      json        not null,
  at         timestamptz not null default clock_timestamp(),
  primary key (handoff_id, version)
);
create function handoff_shown(h handoffs) returns json language sql stable as $$
  select json_build_object('mayAmend', h.may_amend, 'questions', questions_of(h.id), 'terms', a.terms,
    'hidden', case when a.n is null then h.hidden else '{}' end)
  from (select 1) x left join lateral (
    select n, terms from approvals_counted where handoff_id = h.id and h.approvals_needed > 1 order by n desc limit 1) a on true
$$;

create function keep_version() returns trigger language plpgsql as $$
begin
  if new.state <> 'open' then
    update questions set state = 'closed' where handoff_id = new.id and state = 'open';
  end if;
  insert into handoff_versions (handoff_id, version, shown) values (new.id, new.version, handoff_shown(new));
  return null;
end $$;
create trigger first_version_is_kept after insert on handoffs for each row execute function keep_version();
create trigger version_is_kept after update on handoffs for each row
  when (new.version is distinct from old.version) execute function keep_version();

create function refuse_other_content() returns trigger language plpgsql as $$
begin
  raise exception 'what a handoff shows is not changed in place';
end $$;
create trigger content_is_kept before update on handoffs for each row
  when (new.packet::text is distinct from old.packet::text or new.terms::text is distinct from old.terms::text)
  execute function refuse_other_content();

-- For scorecards: each field that a person changed before approving; `drafted`: a model had written it.
create view edits_by_field as
  select h.process, h.name as handoff, d.case_id, d.handoff_id, d.by, e.value->>'op' as op, e.value->>'path' as path,
    f.field, coalesce(f.field in (select json_array_elements_text(d.edits->'drafted')), false) as drafted
  from decisions d join handoffs h on h.id = d.handoff_id cross join json_array_elements(d.edits->'patch') e
  cross join lateral (select replace(replace(split_part(e.value->>'path', '/', 2), '~1', '/'), '~0', '~') as field) f
  where d.verdict = 'approved' and d.edits is not null;

-- How often each queue sent back what it was asked, by case and handoff.
create view times_returned as
  select h.process, h.case_id, h.name as handoff, h.first_owner as queue, count(*)::int as times
  from decisions d join handoffs h on h.id = d.handoff_id
  where d.verdict = 'returned' and h.kind = 'decision' group by 1, 2, 3, 4;

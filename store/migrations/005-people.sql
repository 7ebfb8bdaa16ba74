-- Who has a handoff, and who may decide it.

-- Who stands in for whom while they are away. `queues`: null for all that the delegator is in. What is given to them by name goes with it.
create table delegations (
  id         uuid primary key default gen_random_uuid(),
  delegator  text        not null,
  delegate   text        not null check (delegate <> delegator),
  queues     text[],
  begins_at  timestamptz not null,
  ends_at    timestamptz not null check (ends_at > begins_at),
  because    text        not null default '',
  at         timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  ended_by   text
);
create index delegations_to on delegations (delegate, ends_at);
create index delegations_of on delegations (delegator, ends_at);

-- Up to which amounts a person decides in a queue, or whoever is in it. A change says all the limits of its person or queue; the last counts.
create table limit_changes (
  id     bigint generated always as identity primary key,
  scope  text        not null check (scope in ('person', 'queue')),
  name   text        not null,
  limits json        not null,
  by     text        not null,
  at     timestamptz not null default clock_timestamp()
);
create index limit_changes_of on limit_changes (scope, name, id desc);
create trigger limit_changes_are_append_only before update or delete on limit_changes for each row execute function refuse_change();
create trigger limit_changes_are_never_emptied before truncate on limit_changes execute function refuse_change();

create view authority_limits as
  select c.scope, c.name, l.queue, l.currency, l.amount
  from (select distinct on (scope, name) * from limit_changes order by scope, name, id desc) c,
       json_to_recordset(c.limits) as l (queue text, currency text, amount bigint);

-- Where several people of a queue must approve: each of them. `starts_again`: on these terms the count began, so that those before lapsed.
create table approvals (
  handoff_id   text        not null references handoffs,
  n            int         not null,
  case_id      text        not null references cases,
  by           text        not null,
  for_person   text,
  delegation   uuid,
  role         text        not null,
  because      text        not null default '',
  terms        json,
  starts_again boolean     not null,
  at           timestamptz not null default clock_timestamp(),
  primary key (handoff_id, n)
);
create index approvals_of_case on approvals (case_id);
create trigger approvals_are_append_only before update or delete on approvals for each row execute function refuse_change();
create trigger approvals_are_never_emptied before truncate on approvals execute function refuse_change();

create view approvals_counted as
  select * from approvals a
  where n >= (select max(n) from approvals s where s.handoff_id = a.handoff_id and s.starts_again);

-- What terms come to in each currency, by what their handoff says of its limit. Each line counts by its size: one that
-- takes something back makes no other smaller.
create function amounts_of(p_limited_by json, p_terms json) returns table (currency text, amount numeric) language sql stable as $$
  with lines as (
    select p_terms as line where p_limited_by->'each' is null
    union all
    select line from json_array_elements_text(p_limited_by->'each') as list (name), json_array_elements(p_terms->list.name) as l (line))
  select coalesce(p_limited_by->'currency'->>'is', line->>(p_limited_by->>'currency')), sum(abs((line->>(p_limited_by->>'amount'))::numeric))
  from lines group by 1
$$;

-- Whether a person decides on these terms in the name of this role. Their own limits in a queue stand in place of the queue's. Who is not
-- in the queue is held to the highest limit that they have elsewhere, too.
create function within_limit(p_person text, p_role text, p_limited_by json, p_terms json) returns boolean language plpgsql stable as $$
begin
  if p_limited_by is null or not exists (select from limit_changes) then return true; end if;
  return (
  with own as (select * from authority_limits where scope = 'person' and name = p_person),
  here as (
    select currency, amount from own where queue = p_role
    union all
    select currency, amount from authority_limits
    where scope = 'queue' and name = p_role and not exists (select from own where queue = p_role)),
  elsewhere as (
    select currency, amount from (
      select queue, currency, amount from own
      union all
      select l.queue, l.currency, l.amount from authority_limits l
      where l.scope = 'queue' and l.name in (select role from members where person = p_person)) every
    where not exists (select from own where queue = p_role)
      and not exists (select from members where person = p_person and role = p_role))
  select not exists (
    select from amounts_of(p_limited_by, p_terms) a
    where (exists (select from here) and not exists (select from here l where l.currency = a.currency and l.amount >= a.amount))
       or (exists (select from elsewhere) and not exists (select from elsewhere l where l.currency = a.currency and l.amount >= a.amount))));
end $$;

-- Everybody who approved what was approved, or is to be.
create view approvers as
  select handoff_id, case_id, by, for_person, role, terms from decisions where verdict = 'approved'
  union all
  select a.handoff_id, a.case_id, a.by, a.for_person, a.role, a.terms
  from approvals_counted a join handoffs h on h.id = a.handoff_id left join decisions d on d.handoff_id = a.handoff_id
  where h.state = 'open' or (d.verdict = 'approved' and d.by <> a.by);

-- Whether one of these people, or somebody for them, approved another handoff of the case that must be another's than this one.
-- `offset 0` keeps the planner from reading everybody's approvals.
create function approved_another(p_handoff text, p_people text[]) returns boolean language sql stable as $$
  select exists (
    select from handoffs h
      join handoffs o on o.case_id = h.case_id and o.id <> h.id and (o.name = any (h.not_by) or h.name = any (o.not_by))
      cross join lateral (select by, for_person from approvers where handoff_id = o.id offset 0) a
    where h.id = p_handoff and (a.by = any (p_people) or a.for_person = any (p_people)))
$$;

-- The same as `approvers`, and whether each may still. An ended delegation undoes nothing; the end of a role does.
create view approvers_now as
  select a.*, h.limited_by,
    exists (select from members m where m.person = coalesce(a.for_person, a.by) and m.role = a.role) as in_role,
    not exists (select from people p where p.person in (a.by, a.for_person) and not p.active)
      and (a.for_person is null or exists (select from members m where m.person = a.by)) as active,
    h.limited_by is null or within_limit(a.by, a.role, h.limited_by, a.terms)
      and (a.for_person is null or within_limit(a.for_person, a.role, h.limited_by, a.terms)) as within
  from approvers a join handoffs h on h.id = a.handoff_id;

-- One of those who approved and may no longer, and why. What was given to somebody by name is in the name of themself.
create function lost_approver(p_approvals text[]) returns text language plpgsql stable as $$
begin
  if not exists (select from decisions where handoff_id = any (p_approvals)) then return null; end if;
  return (
    select case
      when not active then by || coalesce(' or ' || for_person, '') || ', who is no longer active'
      when not within then by || ', whose limit is lower'
      else coalesce(for_person, by) || ', who no longer has the role' end
    from approvers_now
    where handoff_id = any (p_approvals) and not (active and within and (in_role or role = coalesce(for_person, by)))
    limit 1);
end $$;

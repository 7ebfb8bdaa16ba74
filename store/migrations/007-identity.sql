-- Machine callers. `secret_hash`: SHA-256 of the secret; `previous_hash`: of the one before, which still counts until `previous_until`.
-- `made_by`: whoever made or last rotated it; it ends with them. `makers`: all who ever had its secret from Baton. A name is never another key's: cases bear it as their requester.
create table api_keys (
  id             text        primary key,
  name           text        not null unique,
  scopes         text[]      not null,
  secret_hash    bytea       not null,
  previous_hash  bytea,
  previous_until timestamptz,
  made_by        text        not null,
  makers         text[]      not null,
  made_at        timestamptz not null default now(),
  rotated_at     timestamptz,
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  revoked_by     text,
  last_used_at   timestamptz
);
create index api_keys_of_maker on api_keys (made_by) where revoked_at is null;

-- What an identity provider provisions. `canonical`: the name in the form in which names are compared; `names`: of a group, also its
-- external id. `resource`: a user's other attributes.
create table scim_users (
  id          text        primary key,
  person      text        not null unique references people,
  canonical   text        not null unique,
  external_id text,
  active      boolean     not null,
  resource    json        not null,
  version     int         not null default 1,
  created_at  timestamptz not null default now(),
  modified_at timestamptz not null default now()
);
create index scim_users_external on scim_users (external_id) where external_id is not null;
create index scim_users_in_order on scim_users (created_at, id);
create table scim_groups (
  id           text        primary key,
  display_name text        not null,
  canonical    text        not null unique,
  external_id  text,
  names        text[]      not null,
  version      int         not null default 1,
  created_at   timestamptz not null default now(),
  modified_at  timestamptz not null default now()
);
create table scim_members (
  group_id text not null references scim_groups on delete cascade,
  user_id  text not null references scim_users on delete cascade,
  primary key (group_id, user_id)
);
create index scim_members_of_user on scim_members (user_id);

-- The name under which the store knows a person, who is entered if nobody of that name is known.
create function known_person(p_person text, p_canonical text) returns text language plpgsql as $$
begin
  insert into people (person, canonical) values (p_person, p_canonical) on conflict do nothing;
  update people set canonical = p_canonical
  where person = p_person and canonical is null and not exists (select from people where canonical = p_canonical);
  return coalesce((select person from people where canonical = p_canonical), p_person);
end $$;

-- Replaces somebody's roles, unless what counts is as new as `p_as_of`; of a person whose time here has ended none is taken. Its
-- statements see what was changed while it waited for the lock.
create function set_roles(p_person text, p_canonical text, p_roles text[], p_given_by text, p_as_of bigint)
returns void language plpgsql as $$
declare
  v_person text;
begin
  perform change_controls();
  v_person := known_person(p_person, p_canonical);
  if p_given_by = 'token' then
    update people set roles_as_of = p_as_of where person = v_person and active and coalesce(roles_as_of, 0) < p_as_of;
    if not found then return; end if;
  else
    update people set roles_as_of = greatest(roles_as_of, p_as_of) where person = v_person;
  end if;
  delete from memberships where person = v_person and role <> all (p_roles);
  insert into memberships (person, role, given_by) select v_person, unnest(p_roles), p_given_by on conflict do nothing;
end $$;

-- Ends somebody's roles and keys. What an administrator ended stays so, whatever is provisioned.
create function end_person(p_person text, p_canonical text, p_ended_by text) returns text language plpgsql as $$
declare
  v_person text;
begin
  perform change_controls();
  v_person := known_person(p_person, p_canonical);
  update people set active = false, ended_by = case when ended_by = 'administrator' then ended_by else p_ended_by end,
    roles_as_of = greatest(roles_as_of, extract(epoch from clock_timestamp())::bigint)
  where person = v_person;
  delete from memberships where person = v_person;
  update api_keys set revoked_at = now(), revoked_by = 'baton' where made_by = v_person and revoked_at is null;
  return v_person;
end $$;

-- Who is to have which role by the groups that they are in: `p_names` and `p_roles` are the mapping, line by line. `p_people` null:
-- everybody.
create function roles_of_groups(p_people text[], p_names text[], p_roles text[]) returns table (person text, role text)
language sql stable as $$
  select distinct u.person, r.role
  from unnest(p_names, p_roles) r (name, role) join scim_groups g on r.name = any (g.names)
    join scim_members m on m.group_id = g.id join scim_users u on u.id = m.user_id join people p on p.person = u.person
  where u.active and p.active and (p_people is null or u.person = any (p_people))
$$;
create function give_roles_of_groups(p_people text[], p_names text[], p_roles text[]) returns void language plpgsql as $$
begin
  perform change_controls();
  delete from memberships m
  where (p_people is null or m.person = any (p_people)) and (m.given_by = 'scim' or m.role = any (p_roles))
    and not exists (select from roles_of_groups(p_people, p_names, p_roles) g where g.person = m.person and g.role = m.role);
  insert into memberships (person, role, given_by)
  select person, role, 'scim' from roles_of_groups(p_people, p_names, p_roles) on conflict do nothing;
end $$;

-- Whoever may have asked for a case: its requester, who sent the request, who had the secret of the key that sent it; and the same of
-- each case by which it was opened.
create function askers_of(p_case text) returns text[] language sql stable as $$
  with recursive opened (case_id) as (
    select p_case
    union select a.case_id from opened o join inbox i on i.case_id = o.case_id join actions a on a.key = i.opened_by),
  asked (by) as (
    select c.requester from opened join cases c using (case_id)
    union select i.sent_by from opened join inbox i using (case_id))
  select array(select by from asked
               union select unnest(k.makers) from asked join api_keys k on by like 'key:%' and k.name = substr(by, 5))
$$;

-- Whoever answered a rework after which this handoff is asked again, or for whom they did.
create function reworkers_of(p_handoff text) returns text[] language sql stable as $$
  with recursive before (id) as (
    select follows from handoffs where id = p_handoff and kind <> 'rework'
    union all select h.follows from before join handoffs h using (id))
  select array(select unnest(array_remove(array[d.by, d.for_person], null)) from before join decisions d on d.handoff_id = before.id
               where d.verdict = 'reworked')
$$;

create schema if not exists sandbox;

-- Versions are never given twice, also not to a record that was deleted and came back.
create sequence if not exists sandbox.versions as integer cycle;

create table if not exists sandbox.records (
  system text not null,
  kind text not null,
  id text not null,
  version integer not null default nextval('sandbox.versions'),
  body json not null, -- json, not jsonb: answers keep the order of their fields
  terms text[] not null default '{}', -- what the record can be found by, besides its id
  primary key (system, kind, id)
);
create index if not exists records_terms on sandbox.records using gin (terms) with (fastupdate = off);

-- The line of an effect is also the memory of its key: one cannot be without the other.
create table if not exists sandbox.journal (
  seq integer primary key generated always as identity,
  at timestamptz not null default clock_timestamp(),
  system text not null,
  operation text not null,
  key text not null,
  body jsonb not null,
  result json not null,
  deduped boolean not null
);
create unique index if not exists journal_key on sandbox.journal (system, key) where deduped;

-- Keys under which nothing is ever applied any more.
create table if not exists sandbox.fences (system text, key text, primary key (system, key));

-- Which systems were given their sample records: one that comes later is given its own, too.
create table if not exists sandbox.seeded (system text primary key);

create table if not exists sandbox.requests (
  seq integer primary key generated always as identity,
  at timestamptz not null,
  method text not null,
  path text not null,
  key text,
  body json
);

-- A write and a fence of one key take turns.
create or replace function sandbox.hold(the_system text, the_key text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended(the_system || ' ' || the_key, 0))
$$;

-- Fences the key, or answers what was applied under it.
create or replace function sandbox.fence(the_system text, the_key text) returns table (result json) language plpgsql as $$
begin
  perform sandbox.hold(the_system, the_key);
  return query select j.result from sandbox.journal j where j.system = the_system and j.key = the_key and j.deduped;
  if not found then
    insert into sandbox.fences values (the_system, the_key) on conflict do nothing;
  end if;
end $$;

-- Applies the changes of one write with its journal line, or answers what the key did before. Serialization failure (40001):
-- a record changed since it was read, nothing was applied. SBFEN: the key is fenced.
create or replace function sandbox.apply(
  the_system text, the_operation text, the_key text, the_body jsonb, the_result json, changes json, dedupe boolean
) returns table (applied boolean, same boolean, result json) language plpgsql as $$
declare
  change record;
begin
  perform sandbox.hold(the_system, the_key);
  if exists (select from sandbox.fences f where f.system = the_system and f.key = the_key) then
    raise exception 'the key is fenced' using errcode = 'SBFEN';
  end if;
  insert into sandbox.journal (system, operation, key, body, result, deduped)
    values (the_system, the_operation, the_key, the_body, the_result, dedupe)
    on conflict (system, key) where deduped do nothing;
  if not found then
    return query
      select false, j.operation = the_operation and j.body = the_body, j.result
      from sandbox.journal j where j.system = the_system and j.key = the_key and j.deduped;
    return;
  end if;
  for change in
    select * from json_to_recordset(changes)
      as c (system text, kind text, id text, version integer, body json, terms text[]) order by 1, 2, 3
  loop
    if change.body is null then
      delete from sandbox.records r
        where r.system = change.system and r.kind = change.kind and r.id = change.id and r.version = change.version;
    elsif change.version is null then
      insert into sandbox.records (system, kind, id, body, terms)
        values (change.system, change.kind, change.id, change.body, change.terms) on conflict do nothing;
    else
      update sandbox.records r set version = nextval('sandbox.versions'), body = change.body, terms = change.terms
        where r.system = change.system and r.kind = change.kind and r.id = change.id and r.version = change.version;
    end if;
    if not found then
      raise exception 'a record changed meanwhile' using errcode = '40001';
    end if;
  end loop;
  return query select true, true, the_result;
end $$;

-- What a case is found by: words of its own row, kept apart so that a row that every step rewrites stays narrow. They follow the row:
-- what is taken out of a request is not found any more. Functions name what they call when they are made: a copy that is restored
-- knows no search path.

-- The words of a text, in small letters and without the signs around them: `#W1,` is `w1`.
create function words_of(p_text text) returns text[] language sql immutable parallel safe
begin atomic
  select coalesce(array_agg(distinct word), '{}') from (
    select left(regexp_replace(part, '^[^[:alnum:]]+|[^[:alnum:]]+$', '', 'g'), 100) as word
    from regexp_split_to_table(lower(p_text), '\s+') part) parts
  where word <> '';
end;

-- The business key, who asked, and the short texts of the request at whatever depth: longer ones are told, not searched.
create function found_by(p_key text, p_requester text, p_request jsonb) returns tsvector language sql immutable parallel safe
begin atomic
  select array_to_tsvector(words_of(concat_ws(' ', p_key, p_requester, (
    select string_agg(value, ' ') from (
      select found #>> '{}' as value from jsonb_path_query(p_request, 'strict $.**') found
      where jsonb_typeof(found) = 'string' and length(found #>> '{}') <= 100 limit 2000) texts))));
end;

-- Every word of it, each as the beginning of one that is there; a word of one or two characters as it stands, since too much begins so.
-- Null where it has none: that finds nothing.
create function find_query(p_text text) returns tsquery language sql immutable parallel safe
begin atomic
  select string_agg(
    '''' || replace(replace(word, '\', '\\'), '''', '''''') || case when length(word) > 2 then ''':*' else '''' end, ' & ')::tsquery
  from unnest(words_of(p_text)) word;
end;

create table case_words (
  case_id text     primary key references cases on delete cascade,
  words   tsvector not null
);
create index case_words_found on case_words using gin (words);

create function keep_case_words() returns trigger language plpgsql as $$
begin
  insert into case_words (case_id, words)
  values (new.case_id, found_by(new.business_key, new.requester, new.request::jsonb))
  on conflict (case_id) do update set words = excluded.words;
  return null;
end $$;
create trigger cases_are_found after insert or update of request, requester on cases
  for each row execute function keep_case_words();

insert into case_words (case_id, words)
  select case_id, found_by(business_key, requester, request::jsonb) from cases;

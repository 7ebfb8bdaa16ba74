-- Whoever looks at what waits for people learns at once that it changed. What cases do by themselves is told with the outbox: a
-- notification makes commits wait for each other, which straight-through cases must not.
create function tell_of_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('baton_changes', new.case_id || ' ' || new.seq);
  return null;
end $$;
create trigger change_is_told after insert on record for each row when (new.type like 'handoff.%') execute function tell_of_change();

-- Lines of the record that people and other systems are to learn of, from the statement that appended them until they were handed to
-- whoever is to learn of them. A case's lines come in its order, since appending locks the case. `held_until`: somebody could not be
-- handed it; until then it waits, and so do those behind it of its case.
create table outbox (
  id         bigint generated always as identity primary key,
  case_id    text   not null,
  seq        int    not null,
  held_until timestamptz
);
create index outbox_held on outbox (case_id, id) where held_until is not null;

create function put_into_outbox() returns trigger language plpgsql as $$
begin
  insert into outbox (case_id, seq) values (new.case_id, new.seq);
  return null;
end $$;
create trigger record_goes_out after insert on record for each row
  when (new.type in (
    'case.opened', 'case.closed', 'handoff.opened', 'handoff.at-risk', 'handoff.escalated', 'handoff.expired', 'handoff.decided',
    'handoff.completed', 'handoff.withdrawn', 'handoff.asked', 'handoff.answered', 'handoff.reassigned', 'handoff.unattended',
    'action.done', 'action.refused', 'action.compensated', 'action.stuck', 'compensation.started'))
  execute function put_into_outbox();

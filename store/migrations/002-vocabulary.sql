-- A handoff keeps whom it was first given to; that may be a person (`person`). It may be closed to whoever approved others of
-- the same case (`not_by`).
alter table handoffs add column first_owner text;
update handoffs set first_owner = owner;
alter table handoffs alter column first_owner set not null;
alter table handoffs add column person text;
alter table handoffs add column not_by text[] not null default '{}';
create index handoffs_of_person on handoffs (person, escalates_at) where person is not null;

-- Whose turn it is while a case waits for an event.
alter table awaited add column owner text;

-- What a case was worth, as its process measures it.
alter table cases add column impact json;

-- The key of the action by which another case opened this one, and is told how it ended.
alter table inbox add column opened_by text unique;
alter table cases add column opened_by text;

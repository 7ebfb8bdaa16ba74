-- Whoever's roles were ever said: with no role left, a person is in none, which is not the same as not being known.
create table people (
  person text primary key
);

insert into people (person) select distinct person from members;

-- Whoever was a requester could ask for everything. So it stays, as far as their token says so, until an administrator takes it away.
insert into members (person, role)
select person, subject || '-requesters'
from members, unnest(array['refund', 'renewal', 'access', 'order', 'invoice', 'claim', 'contract', 'lead']) as subject
where role = 'requester'
on conflict do nothing;

-- Who leads a queue: they see who has what and give it to others. A lead decides nothing by that alone.
create table queue_leads (
  queue  text not null,
  person text not null,
  primary key (queue, person)
);

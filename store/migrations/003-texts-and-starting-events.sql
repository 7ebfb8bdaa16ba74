-- Texts too long to be handed from step to step, by the SHA-256 of their UTF-8.
create table texts (
  sha256  text primary key,
  body    text        not null,
  kept_at timestamptz not null default now()
);

-- Whom a case is about: like the requester, they decide nothing in it.
alter table cases add column about text[] not null default '{}';

-- Events that fit no process, kept for whoever looks.
create table refused_events (
  id          bigint generated always as identity primary key,
  source      text        not null,
  source_id   text        not null,
  type        text        not null,
  sent_by     text        not null,
  problem     text        not null,
  errors      json        not null,
  data        json,
  received_at timestamptz not null default now(),
  unique (source, source_id)
);

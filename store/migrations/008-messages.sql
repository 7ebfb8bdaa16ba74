-- What people are to learn of, one for each moment, receiver and channel: a line of the record may be handed out again. `source`: that line,
-- or the digest it is. `receiver`: a person (mail) or a queue (chat). `question`: the key of one that is asked, which is due at `due_at`.
-- `path`: what its link opens; null of a digest. `asks`: it only asks for an answer, so that
-- it is nothing any more once that is given. `held`: for the person's next digest; `in-digest`: in that of `digest`. `sending` is stored
-- before anything goes over the wire: until `leased_until` nobody else sends it. `key`: names it outside, also in its Message-ID.
create table messages (
  id           bigint generated always as identity primary key,
  key          uuid        not null unique default gen_random_uuid(),
  source       text        not null,
  receiver     text        not null,
  channel      text        not null check (channel in ('mail', 'chat')),
  moment       text        not null,
  handoff_id   text,
  queue        text,
  question     text,
  due_at       timestamptz,
  path         text,
  asks         boolean     not null default false,
  state        text        not null default 'waiting'
               check (state in ('waiting', 'held', 'in-digest', 'sending', 'sent', 'outdated', 'undeliverable')),
  because      text,
  tries        int         not null default 0,
  interrupted  int         not null default 0,
  next_at      timestamptz not null default now(),
  leased_until timestamptz,
  digest       bigint references messages,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz,
  unique (source, receiver, channel)
);
create index messages_to_send on messages (next_at, id) where state in ('waiting', 'sending');
create index messages_before on messages (channel, receiver, handoff_id, id) where state in ('waiting', 'sending');
create index messages_sending on messages (channel, receiver) where state = 'sending';
create index messages_sent on messages (channel, receiver, sent_at) where state = 'sent';
create index messages_held on messages (receiver, id) where state = 'held';
create index messages_in_digest on messages (digest) where digest is not null;
create index messages_of_receiver on messages (receiver, id desc);
create index messages_done on messages (created_at) where state in ('sent', 'in-digest', 'outdated');
create index messages_undeliverable on messages (id desc) where state = 'undeliverable';

-- How a person wants to learn of what. `mail`: of each moment, where it is not as usual. Not in `people`: whoever stands there has the
-- roles of the store alone. `language`: null where the person never said.
create table notification_settings (
  person       text primary key,
  mail         json not null default '{}',
  language     text,
  time_zone    text not null default 'UTC',
  digest_at    text not null default '08:00',
  queue_digest text not null default 'hourly' check (queue_digest in ('hourly', 'never'))
);

-- Where a queue's chat is. `url` is a secret: whoever has it may post there.
create table queue_chats (
  queue     text primary key,
  kind      text not null check (kind in ('slack', 'teams')),
  url       text not null,
  language  text not null default 'en',
  time_zone text not null default 'UTC',
  set_by    text not null,
  set_at    timestamptz not null default now()
);

-- Up to which hour a queue's leads have had its digest.
create table queue_digests (
  queue text primary key,
  hour  timestamptz not null
);

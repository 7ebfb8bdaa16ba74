-- Who is told over HTTP what happens in cases. `types`: of events; `processes`, `queues`: null stands for all. `old_secret` signs, too,
-- until the time of a rotation is over. `not_before`: the subscriber asked to be left alone until then. `failing_since`: since when
-- nothing was taken. `changed_by`: who gave it a new secret, paused, resumed or ended it last.
create table subscriptions (
  id                text primary key,
  url               text        not null,
  types             text[]      not null,
  processes         text[],
  queues            text[],
  description       text        not null default '',
  state             text        not null default 'active' check (state in ('active', 'paused', 'ended')),
  ended_because     text check (ended_because in ('asked', 'gone')),
  secret            text        not null,
  old_secret        text,
  old_secret_until  timestamptz,
  not_before        timestamptz not null default now(),
  failing_since     timestamptz,
  last_failure      text,
  last_delivered_at timestamptz,
  created_by        text        not null,
  created_at        timestamptz not null default now(),
  changed_by        text,
  changed_at        timestamptz
);
create index subscriptions_open on subscriptions (id) where state <> 'ended';

-- What each of them is told, line by line of a case's record. `event`: the CloudEvent, as it is sent each time.
create table deliveries (
  id              bigint generated always as identity primary key,
  subscription_id text        not null references subscriptions,
  case_id         text        not null,
  seq             int         not null,
  type            text        not null,
  event           text        not null,
  state           text        not null default 'waiting' check (state in ('waiting', 'delivered', 'dead', 'skipped')),
  last_failure    text,
  created_at      timestamptz not null default now(),
  settled_at      timestamptz,
  unique (subscription_id, case_id, seq)
);
create index deliveries_undelivered on deliveries (subscription_id, case_id, seq) where state in ('waiting', 'dead');
create index deliveries_by_state on deliveries (subscription_id, state, id);
create index deliveries_old on deliveries (settled_at) where state in ('delivered', 'skipped');

-- Cases of which a subscription is still to be told something: the first waiting delivery of each is tried next. Whoever adds or settles
-- a delivery locks its row here, so that none is overtaken. Where a dead one is in the way, `next_attempt_at` is infinity.
create table followed_cases (
  subscription_id text        not null references subscriptions,
  case_id         text        not null,
  attempts        int         not null default 0,
  tried_since     timestamptz,
  next_attempt_at timestamptz not null default now(),
  primary key (subscription_id, case_id)
);
create index followed_cases_due on followed_cases (subscription_id, next_attempt_at);

import { type Db, rows } from './pool.ts';

/** What is due first of several. `dueAt` is on the clock of its case, which is so far ahead of the real one. */
export interface DueFirst {
  handoffId: string;
  dueAt: Date;
  clockAheadMs: number;
}

/** A queue as it stands. What was given to a person by name is nobody's queue until it is escalated. */
export interface QueueState {
  queue: string;
  open: number;
  /** Since when they are open. */
  age: { underADay: number; underThreeDays: number; underAWeek: number; aWeekAndMore: number };
  dueFirst: DueFirst | null;
  atRisk: number;
  escalated: number;
  paused: number;
  unclaimed: number;
  /** Those who are active. */
  members: number;
  leads: string[];
  calendar: { name: string; version: number; endsOn: string | null; ended: boolean };
}

const due = `json_build_object('handoffId', h.id, 'dueAt', h.due_at + c.clock_offset,
  'clockAheadMs', (extract(epoch from c.clock_offset) * 1000)::float8)`;
const ofQueue = `(h.person is null or h.sla_stage in ('escalated', 'expired')) and not h.closed`;
const bands: Record<keyof QueueState['age'], [string, string]> = {
  underADay: ['0', '1 day'],
  underThreeDays: ['1 day', '3 days'],
  underAWeek: ['3 days', '7 days'],
  aWeekAndMore: ['7 days', '1000 years'],
};
const ages = Object.entries(bands)
  .map(([name, [from, until]]) => [
    name,
    `h.opened_at <= now() - interval '${from}' and h.opened_at > now() - interval '${until}'`,
  ])
  .map(([name, condition]) => `count(*) filter (where ${condition})::int as "${name}"`)
  .join(', ');
const zeroes = Object.keys(bands).map((name) => `'${name}', coalesce(o."${name}", 0)`);
const age = `json_build_object(${zeroes.join(', ')}) as age`;

/** Each of these queues as it stands, in their order. */
export const listQueues = (db: Db, queues: readonly string[]) =>
  rows<QueueState>(
    db,
    'queues.list',
    `with counted as (
       select h.owner, count(*)::int as open, count(*) filter (where h.sla_stage = 'at-risk')::int as at_risk,
              count(*) filter (where h.sla_stage = 'escalated')::int as escalated,
              count(*) filter (where h.paused_at is not null)::int as paused,
              count(*) filter (where h.claimed_by is null)::int as unclaimed, ${ages}
       from handoffs h where h.owner = any ($1) and ${ofQueue} group by h.owner)
     select q.queue, coalesce(o.open, 0) as open, coalesce(o.at_risk, 0) as "atRisk", coalesce(o.escalated, 0) as escalated,
            coalesce(o.paused, 0) as paused, coalesce(o.unclaimed, 0) as unclaimed, ${age}, d.due as "dueFirst", m.members,
            array(select person from queue_leads where queue = q.queue order by person) as leads,
            json_build_object('name', k.name, 'version', k.version, 'endsOn', k.content->>'endsOn',
              'ended', coalesce((k.content->>'endsOn')::date < (now() at time zone (k.content->>'zone'))::date, false)) as calendar
     from unnest($1::text[]) with ordinality q(queue, place)
     left join counted o on o.owner = q.queue
     left join lateral (
       select ${due} as due from handoffs h join cases c using (case_id)
       where o.open > 0 and h.owner = q.queue and ${ofQueue} and h.paused_at is null order by h.due_at, h.id limit 1) d on true
     cross join lateral (
       select count(*)::int as members from members where role = q.queue) m
     join lateral (select * from calendars where (name, version) = (select calendar, version from calendar_of(q.queue))) k on true
     order by q.place`,
    [[...queues]],
  );

/** Every queue that has something open, whoever declares it. */
export async function queuesAtWork(db: Db): Promise<string[]> {
  const found = await rows<{ queue: string }>(
    db,
    'queues.atWork',
    `select distinct h.owner as queue from handoffs h where ${ofQueue} order by queue`,
  );
  return found.map(({ queue }) => queue);
}

/** Somebody's share of a queue. */
export interface Load {
  person: string;
  claimed: number;
  dueFirst: DueFirst | null;
  /** Still a member of the queue. */
  member: boolean;
}

/** What each active member has of a queue, and whoever else claimed something of it; the most first. */
export const loadOf = (db: Db, queue: string) =>
  rows<Load>(
    db,
    'queues.load',
    `with claimed as (
       select h.claimed_by as person, count(*)::int as claimed, (array_agg(${due} order by h.due_at, h.id))[1] as due
       from handoffs h join cases c using (case_id)
       where h.owner = $1 and ${ofQueue} and h.claimed_by is not null group by h.claimed_by),
     active as (select person from members where role = $1)
     select person, coalesce(claimed, 0) as claimed, due as "dueFirst", a.person is not null as member
     from claimed full join active a using (person) order by 2 desc, 1`,
    [queue],
  );

/** Who has what of a queue, what is due first. */
export interface Claim {
  handoffId: string;
  claimedBy: string;
  slaStage: string;
  dueAt: Date;
}

export const claimsOf = (db: Db, queue: string, limit: number) =>
  rows<Claim>(
    db,
    'queues.claims',
    `select h.id as "handoffId", h.claimed_by as "claimedBy", h.sla_stage as "slaStage", h.due_at + c.clock_offset as "dueAt"
     from handoffs h join cases c using (case_id)
     where h.owner = $1 and ${ofQueue} and h.claimed_by is not null order by h.due_at, h.id limit $2`,
    [queue, limit],
  );

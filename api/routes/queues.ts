import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { listCalendars } from '../../store/calendars.ts';
import { transaction } from '../../store/pool.ts';
import { claimsOf, type DueFirst as First, listQueues, loadOf, type QueueState } from '../../store/queues.ts';
import { setCalendar, setLeads } from '../../store/queue-settings.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { knownQueues, visibleQueues } from '../queues.ts';
import { rescheduleSome } from '../rescheduling.ts';
import { route } from '../route.ts';
import { seesAllHandoffs } from '../visibility.ts';
import { ClockAhead } from './views.ts';

const Instant = z.iso.datetime();
const count = z.int().min(0);

const DueFirst = z.object({ handoffId: z.string(), dueAt: Instant, clockAheadMs: ClockAhead });
const Queue = z.object({
  queue: z.string(),
  open: count,
  age: z
    .object({ underADay: count, underThreeDays: count, underAWeek: count, aWeekAndMore: count })
    .describe('How many of them are open for how long'),
  dueFirst: DueFirst.nullable(),
  atRisk: count,
  escalated: count.describe('That were escalated to it, or stayed with it'),
  paused: count,
  unclaimed: count,
  members: count.describe('Those who are active'),
  unattended: z.boolean().describe('Nobody is behind it: what it gets is at risk at once'),
  leads: z.array(z.string()),
  calendar: z.object({
    name: z.string(),
    version: z.int(),
    endsOn: z.iso.date().nullable(),
    ended: z.boolean().describe('Its last day is over: times are computed without the holidays since then'),
  }),
});

const WhoHasWhat = Queue.extend({
  load: z
    .array(
      z.object({
        person: z.string(),
        claimed: count,
        dueFirst: DueFirst.nullable(),
        member: z.boolean().describe('Active, and still in the queue'),
      }),
    )
    .optional()
    .describe('What each member has; only for a lead of the queue, `admin` and `auditor`'),
  claims: z
    .array(z.object({ handoffId: z.string(), claimedBy: z.string(), slaStage: z.string(), dueAt: Instant }))
    .optional()
    .describe('Who has what, the first 200 that are due; for the same'),
});

export const list = route({
  method: 'get',
  path: '/queues',
  summary: 'Queues as they stand: a member sees those they are in, a lead those they lead, an auditor or admin all',
  who: 'anyone',
  answers: { 200: { description: 'By name', schema: z.object({ queues: z.array(Queue) }) } },
  problems: [],
  async answer({ caller }, deps) {
    const found = await listQueues(deps.pool, await visibleQueues(deps, caller));
    return { status: 200, body: { queues: found.map(shown) } };
  },
});

export const get = route({
  method: 'get',
  path: '/queues/{queue}',
  summary: 'A queue as it stands; for its lead also who has what',
  who: 'anyone',
  answers: { 200: { description: 'The queue', schema: WhoHasWhat } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const queue = params['queue']!;
    if (!(await visibleQueues(deps, caller)).includes(queue)) throw new Problem('not-found');
    return { status: 200, body: await seen(deps, caller, queue) };
  },
});

export const put = route({
  method: 'put',
  path: '/queues/{queue}',
  summary: 'Say by which calendar a queue works and who leads it: the times of its open handoffs move',
  who: ['admin'],
  body: z.strictObject({
    calendar: text(50).min(1),
    leads: z.array(text(200).min(1)).max(50),
    because: text(2_000).min(1),
  }),
  answers: { 200: { description: 'The queue as it is now', schema: WhoHasWhat } },
  problems: ['not-found', 'request-invalid'],
  async answer({ caller, params, body }, deps) {
    const queue = params['queue']!;
    const { calendar, leads, because } = body;
    if (!(await knownQueues(deps)).includes(queue)) throw new Problem('not-found');
    if (!(await listCalendars(deps.pool)).some(({ name }) => name === calendar))
      throw new Problem('request-invalid', '', { errors: [{ field: '/calendar', message: 'is no calendar' }] });
    await transaction(deps.pool, async (db) => {
      await setLeads(db, queue, [...new Set(leads)]);
      await setCalendar(db, queue, calendar, { by: caller.person, because });
    });
    await rescheduleSome(deps);
    return { status: 200, body: await seen(deps, caller, queue) };
  },
});

async function seen({ pool }: Deps, caller: Caller, queue: string): Promise<z.output<typeof WhoHasWhat>> {
  const [state] = await listQueues(pool, [queue]);
  const { leads } = state!;
  if (!seesAllHandoffs(caller) && !leads.includes(caller.person)) return shown(state!);
  const [load, claims] = await Promise.all([loadOf(pool, queue), claimsOf(pool, queue, 200)]);
  return {
    ...shown(state!),
    load: load.map((one) => ({ ...one, dueFirst: first(one.dueFirst) })),
    claims: claims.map((one) => ({ ...one, dueAt: one.dueAt.toISOString() })),
  };
}

/** Postgres spells an instant in JSON in its own way. */
const first = (due: First | null) => due && { ...due, dueAt: new Date(due.dueAt).toISOString() };

const shown = ({ dueFirst, ...state }: QueueState): z.output<typeof Queue> => ({
  ...state,
  dueFirst: first(dueFirst),
  unattended: state.members === 0,
});

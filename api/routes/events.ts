import { z } from 'zod';
import { listRefused } from '../../store/refused-events.ts';
import { structured } from '../cloud-event.ts';
import { Limit } from '../page.ts';
import { receiveEvent } from '../receive-event.ts';
import { largeBodyLimit, route } from '../route.ts';
import { checkSender } from './start.ts';
import { Accepted } from './views.ts';

export const events = route({
  method: 'post',
  path: '/events',
  summary: 'A CloudEvent 1.0, structured or binary, that starts a case or that one waits for: `<process>.<event>`',
  who: ['system'],
  scope: 'events.send',
  body: z.instanceof(Uint8Array),
  asBytes: true,
  alsoConsumes: [structured],
  bodyLimit: largeBodyLimit,
  answers: { 202: { description: 'Kept; if it starts a case, which one', schema: Accepted.partial() } },
  problems: [
    ...(['event-invalid', 'unknown-event', 'request-invalid'] as const),
    ...(['idempotency-key-reused', 'case-exists', 'as-of-refused'] as const),
  ],
  async answer({ caller, headers, body }, deps) {
    checkSender(caller);
    return receiveEvent({ caller, headers, body }, deps);
  },
});

/** The database knows no year 0. */
const Instant = z.iso.datetime().refine((given) => given >= '0001', 'must be a date of our era');

const Refused = z.object({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  sentBy: z.string(),
  problem: z.string().describe('The code that it was refused with'),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  data: z.unknown().describe('What it held; null when that was more than 64 KiB'),
  receivedAt: z.date(),
});

export const refused = route({
  method: 'get',
  path: '/events/refused',
  summary: 'Events that were refused, newest first; kept for 90 days, or until the same event is taken',
  who: ['auditor', 'admin'],
  query: z.strictObject({ before: Instant.optional().describe('Those received before'), limit: Limit }),
  answers: { 200: { description: 'A page of events', schema: z.object({ events: z.array(Refused) }) } },
  problems: [],
  answer: async ({ query }, { pool }) => ({ status: 200, body: { events: await listRefused(pool, query) } }),
});

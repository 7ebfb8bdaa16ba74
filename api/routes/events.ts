import { z } from 'zod';
import { concludedEvent } from '../../core/declare/concluded.ts';
import type { Event, ProcessDefinition } from '../../core/declare/define.ts';
import { text } from '../../core/declare/values.ts';
import { digest } from '../../store/digest.ts';
import { keepEvent, type NewEvent } from '../../store/events.ts';
import { forgetRefused, keepRefused, listRefused } from '../../store/refused-events.ts';
import { transaction } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import type { Caller } from '../authentication.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { type FieldError, fieldErrors, Problem } from '../problems.ts';
import { type Answer, type Call, largeBodyLimit, mediaType, route } from '../route.ts';
import { storeTexts } from '../texts.ts';
import { Limit } from './cases.ts';
import { accepted, acceptRequest, incomingOf } from './start.ts';
import { Accepted } from './views.ts';

export const structured = 'application/cloudevents+json';

/** The attributes that are looked at; others, extensions among them, may be there. */
const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: text(500).min(1),
  source: text(500).min(1),
  type: text(500).min(1),
  datacontenttype: z
    .string()
    .regex(/^application\/json\s*(;|$)/i, 'must be application/json')
    .optional(),
});

export const events = route({
  method: 'post',
  path: '/events',
  summary: 'A CloudEvent 1.0, structured or binary, that starts a case or that one waits for: `<process>.<event>`',
  who: ['system'],
  body: z.unknown(),
  alsoConsumes: [structured],
  bodyLimit: largeBodyLimit,
  answers: { 202: { description: 'Kept; if it starts a case, which one', schema: Accepted.partial() } },
  problems: [
    ...(['event-invalid', 'unknown-event', 'request-invalid'] as const),
    ...(['idempotency-key-reused', 'case-exists', 'as-of-refused'] as const),
  ],
  answer: receiveEvent,
});

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
  summary: 'Events that fit no process, newest first; kept for 90 days, or until the same event is taken',
  who: ['auditor', 'admin'],
  query: z.strictObject({ before: z.iso.datetime().optional().describe('Those received before'), limit: Limit }),
  answers: { 200: { description: 'A page of events', schema: z.object({ events: z.array(Refused) }) } },
  problems: [],
  answer: async ({ query }, { pool }) => ({ status: 200, body: { events: await listRefused(pool, query) } }),
});

type Sent = Pick<Call<unknown, unknown>, 'caller' | 'headers' | 'body'>;
type CloudEvent = z.output<typeof CloudEvent>;

/**
 * Takes an event, once: starts the case that it starts, or keeps it and tells the case that waits for it. What is an event and
 * fits no process is kept apart. Throws `Problem`.
 */
export async function receiveEvent(sent: Sent, deps: Deps): Promise<Answer> {
  const { attributes, data } = read(sent);
  const refused = { ...attributes, sentBy: sent.caller.person };
  try {
    const started = startedBy(deps, attributes.type);
    const answer = started
      ? await start(started, attributes, data, sent.caller, deps)
      : await keep(attributes, data, deps);
    await forgetRefused(deps.pool, attributes);
    return answer;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, errors } = error;
    await keepRefused(deps.pool, { ...refused, problem: code, errors, data: data ?? null });
    throw error;
  }
}

const startedBy = ({ definitions }: Deps, type: string): ProcessDefinition | undefined =>
  Object.values(definitions).find(({ name, startsOn }) => startsOn !== undefined && type === `${name}.${startsOn}`);

/** The event's identity is the idempotency key. */
async function start(
  definition: ProcessDefinition,
  { source, id }: CloudEvent,
  data: unknown,
  caller: Caller,
  deps: Deps,
): Promise<Answer> {
  const key = `event-${digest([source, id])}`;
  try {
    const body = z.record(z.string(), z.unknown()).parse(data ?? null);
    return accepted(await acceptRequest(deps, incomingOf({ caller, body }, key, definition, deps)));
  } catch (error) {
    if (error instanceof z.ZodError) throw invalid([{ field: '', message: 'must be an object' }]);
    throw error instanceof Problem && error.code === 'request-invalid' ? invalid(error.errors) : error;
  }
}

/** In an event the request stands under `data`. */
const invalid = (errors: readonly FieldError[]) =>
  new Problem('request-invalid', '', {
    errors: errors.map(({ field, message }) => ({ field: `/data${field}`, message })),
  });

async function keep(attributes: CloudEvent, data: unknown, deps: Deps): Promise<Answer> {
  const { pool, temporal } = deps;
  const event = await declaredEvent(deps, attributes, data);
  const signals = await transaction(pool, async (db) => {
    const { first, awaited } = await keepEvent(db, event);
    const told = [];
    for (const { caseId, key } of first ? awaited : []) {
      const body = { awaitedId: key, id: attributes.id, type: attributes.type };
      told.push(await addSignal(db, caseId, { signal: 'received', body }));
    }
    return told;
  });
  await Promise.all(signals.map((signal) => tryNow(temporal, (ms) => deliverSignal(deps, signal, ms))));
  return { status: 202, body: {} };
}

/** Both ways a CloudEvent comes over HTTP. */
function read({ headers, body }: Pick<Sent, 'headers' | 'body'>) {
  const whole = mediaType(headers['content-type']) === structured;
  const attributes = whole ? body : binaryAttributes(headers);
  const parsed = CloudEvent.safeParse(attributes);
  if (!parsed.success) throw new Problem('event-invalid', '', { errors: fieldErrors(parsed.error) });
  return { attributes: parsed.data, data: whole ? (body as { data?: unknown }).data : body };
}

const binaryAttributes = (headers: Call['headers']) =>
  Object.fromEntries(
    (['specversion', 'id', 'source', 'type'] as const).flatMap((name) => {
      const value = headers[`ce-${name}`];
      return typeof value === 'string' ? [[name, percentDecoded(value)]] : [];
    }),
  );

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The event as its process declares it: which case it is about, and what it brings. */
async function declaredEvent(
  { definitions, pool }: Deps,
  { type, source, id: sourceId }: z.output<typeof CloudEvent>,
  data: unknown,
): Promise<NewEvent> {
  const [process = '', name = '', ...more] = type.split('.');
  const known = Object.hasOwn(definitions, process) && more.length === 0 && name !== concludedEvent;
  const all = known ? definitions[process]!.events : {};
  const event: Event | undefined = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!event) throw new Problem('unknown-event', '', { errors: [{ field: '/type', message: 'is not declared' }] });
  const by = take(event.by, data);
  const gives = take(event.gives, data) as object;
  const kept = await storeTexts(pool, event.gives, gives, ['data']);
  return {
    source,
    sourceId,
    process,
    name,
    correlation: digest(by),
    asSpelled: digest(fieldsOf(event.by, data)),
    data: kept,
    toAll: event.reaches === 'every case',
  };
}

/** The part of `data` that a schema is about. */
function fieldsOf({ shape }: z.ZodObject, data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([field]) => Object.hasOwn(shape, field)));
}

function take(schema: z.ZodObject, data: unknown): unknown {
  const parsed = schema.safeParse(fieldsOf(schema, data));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }));
  throw new Problem('request-invalid', '', { errors: fieldErrors({ issues }) });
}

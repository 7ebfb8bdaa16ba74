import { z } from 'zod';
import { concludedEvent } from '../../core/concluded.ts';
import type { Event } from '../../core/define.ts';
import { text } from '../../core/values.ts';
import { digest } from '../../store/digest.ts';
import { keepEvent, type NewEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { type Call, mediaType, route } from '../route.ts';

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
  summary: 'A CloudEvent 1.0 that a case waits for, structured or binary; its type is `<process>.<event>`',
  who: ['system'],
  body: z.unknown(),
  alsoConsumes: [structured],
  answers: { 202: { description: 'Kept, once for each source and id' } },
  problems: ['event-invalid', 'unknown-event', 'request-invalid'],
  async answer(call, deps) {
    await receiveEvent(call, deps);
    return { status: 202 };
  },
});

type Sent = Pick<Call<unknown, unknown>, 'headers' | 'body'>;

/** Keeps an event, once, and tells the case that waits for it. Throws `Problem`. */
export async function receiveEvent(sent: Sent, deps: Deps): Promise<void> {
  const { pool, temporal } = deps;
  const { attributes, data } = read(sent);
  const event = declaredEvent(deps, attributes, data);
  const signal = await transaction(pool, async (db) => {
    const { first, awaited } = await keepEvent(db, event);
    return first && awaited ? addSignal(db, awaited.caseId, 'received', awaited.key) : undefined;
  });
  if (signal) await tryNow(temporal, (ms) => deliverSignal(deps, signal, ms));
}

/** Both ways a CloudEvent comes over HTTP. */
function read({ headers, body }: Sent) {
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
function declaredEvent(
  { definitions }: Deps,
  { type, source, id: sourceId }: z.output<typeof CloudEvent>,
  data: unknown,
): NewEvent {
  const [process = '', name = '', ...more] = type.split('.');
  const known = Object.hasOwn(definitions, process) && more.length === 0 && name !== concludedEvent;
  const all = known ? definitions[process]!.events : {};
  const event: Event | undefined = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!event) throw new Problem('unknown-event', '', { errors: [{ field: '/type', message: 'is not declared' }] });
  const by = take(event.by, data);
  return { source, sourceId, process, name, correlation: digest(by), data: take(event.gives, data) };
}

/** The part of `data` that a schema is about. */
function take(schema: z.ZodObject, data: unknown): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  const known = isObject ? Object.entries(data).filter(([field]) => Object.hasOwn(schema.shape, field)) : [];
  const parsed = schema.safeParse(isObject ? Object.fromEntries(known) : data);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }));
  throw new Problem('request-invalid', '', { errors: fieldErrors({ issues }) });
}

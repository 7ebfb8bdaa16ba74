import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { concludedEvent } from '../core/declare/concluded.ts';
import type { Event, ProcessDefinition } from '../core/declare/definition.ts';
import { digest } from '../store/digest.ts';
import { findTaken, keepEvent, type NewEvent, rememberStart } from '../store/events.ts';
import { transaction } from '../store/pool.ts';
import { forgetRefused, keepRefused } from '../store/refused-events.ts';
import { addSignal } from '../store/signals.ts';
import type { Caller } from './authentication.ts';
import { type CloudEvent, readCloudEvent } from './cloud-event.ts';
import { deliverSignal, tryNow } from './deliver.ts';
import type { Deps } from './deps.ts';
import { checkGrant, type HookGrant } from './hook-grants.ts';
import { hasScope } from './keys.ts';
import { type FieldError, fieldErrors, Problem } from './problems.ts';
import type { Answer } from './route.ts';
import { accepted, acceptRequest, incomingOf } from './routes/start.ts';
import { storeTexts } from './texts.ts';

export interface SentEvent {
  caller: Caller;
  /** What the sender may speak for, when it is a webhook. */
  grant?: HookGrant;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

/** An event with what tells it from others: whose it is, and everything that it says. */
type Identified = CloudEvent & { sentBy: string; digest: string };

/**
 * Takes an event, once: starts the case that it starts, or keeps it and notifies the case that waits for it. What is an event and
 * fits no process, or comes again with other data, is kept apart. Throws `Problem`.
 */
export async function receiveEvent(sent: SentEvent, deps: Deps): Promise<Answer> {
  const read = readCloudEvent(sent.headers, sent.body);
  const { type, data = null } = read;
  const event: Identified = { ...read, sentBy: sent.caller.person, digest: digest({ type, data }) };
  try {
    return await take(event, sent, deps);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code: problem, errors } = error;
    await keepRefused(deps.pool, { ...event, problem, errors, data, bytes: sent.body.length });
    throw error;
  }
}

async function take(event: Identified, { caller, grant }: SentEvent, deps: Deps): Promise<Answer> {
  const { type, source } = event;
  const started = Object.values(deps.definitions).find(
    ({ name, startsOn }) => startsOn !== undefined && type === `${name}.${startsOn}`,
  );
  const waitedFor = started ? undefined : declared(deps, type);
  if (grant) checkGrant(grant, { type, source });
  const before = await findTaken(deps.pool, event);
  if (typeof before === 'string' && before !== event.digest) throw otherData();
  const answer = waitedFor
    ? await keep(event, mayBeSent(waitedFor, caller), deps)
    : await start(started!, event, { caller, signed: grant !== undefined }, deps);
  if (before === undefined) await forgetRefused(deps.pool, event);
  return answer;
}

const otherData = () =>
  new Problem('idempotency-key-reused', 'An event is known by its source and id', {
    errors: [{ field: '/id', message: 'came before with other data' }],
  });

/** The event's identity is the idempotency key. */
async function start(
  definition: ProcessDefinition,
  event: Identified,
  from: { caller: Caller; signed: boolean },
  deps: Deps,
): Promise<Answer> {
  const { source, id, data } = event;
  const key = `event-${digest([source, id])}`;
  try {
    const body = z.record(z.string(), z.unknown()).parse(data ?? null);
    const caseId = await acceptRequest(deps, incomingOf({ ...from, body }, key, definition, deps));
    await rememberStart(deps.pool, { ...event, process: definition.name, name: definition.startsOn! });
    return accepted(caseId);
  } catch (error) {
    if (error instanceof z.ZodError) throw invalid([{ field: '', message: 'must be an object' }]);
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'idempotency-key-reused') throw otherData();
    throw error.code === 'request-invalid' ? invalid(error.errors) : error;
  }
}

/** In an event the request stands under `data`. */
const invalid = (errors: readonly FieldError[]) =>
  new Problem('request-invalid', '', {
    errors: errors.map(({ field, message }) => ({ field: `/data${field}`, message })),
  });

/** Throws `Problem` `scope-missing` for a machine that is not to send events to this process. */
function mayBeSent(declared: Declared, caller: Caller): Declared {
  if (!caller.scopes || hasScope(caller, 'events.send', declared.process)) return declared;
  throw new Problem('scope-missing', `It takes a key with the scope events.send:${declared.process}`);
}

interface Declared {
  process: string;
  name: string;
  event: Event;
}

async function keep(sent: Identified, { process, name, event }: Declared, deps: Deps): Promise<Answer> {
  const { pool, temporal } = deps;
  const by = part(event.by, sent.data);
  const gives = part(event.gives, sent.data) as object;
  const kept: NewEvent = {
    ...{ sentBy: sent.sentBy, source: sent.source, sourceId: sent.id, digest: sent.digest, process, name },
    correlation: digest(by),
    data: await storeTexts(pool, event.gives, gives, ['data']),
    toAll: event.reaches === 'every case',
  };
  const signals = await transaction(pool, async (db) => {
    const { first, same, awaited } = await keepEvent(db, kept);
    if (!same) throw otherData();
    const added = [];
    for (const { caseId, key } of first ? awaited : []) {
      const body = { awaitedId: key, id: sent.id, type: sent.type };
      added.push(await addSignal(db, caseId, { signal: 'received', body }));
    }
    return added;
  });
  await Promise.all(signals.map((signal) => tryNow(temporal, (ms) => deliverSignal(deps, signal, ms))));
  return { status: 202, body: {} };
}

/** The event that a type names. Throws `Problem` `unknown-event`. */
function declared({ definitions }: Deps, type: string): Declared {
  const [process = '', name = '', ...more] = type.split('.');
  const known = Object.hasOwn(definitions, process) && more.length === 0 && name !== concludedEvent;
  const all = known ? definitions[process]!.events : {};
  const event = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!event) throw new Problem('unknown-event', '', { errors: [{ field: '/type', message: 'is not declared' }] });
  return { process, name, event };
}

/** The part of `data` that a schema is about. */
function part(schema: z.ZodObject, data: unknown): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  const known = isObject ? Object.entries(data).filter(([field]) => Object.hasOwn(schema.shape, field)) : [];
  const parsed = schema.safeParse(isObject ? Object.fromEntries(known) : data);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }));
  throw new Problem('request-invalid', '', { errors: fieldErrors({ issues }) });
}

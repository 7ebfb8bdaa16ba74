import { z } from 'zod';
import { caseIdOf, longestCaseId } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { longTextsIn, text } from '../../core/declare/values.ts';
import { findCase } from '../../store/cases.ts';
import { digest } from '../../store/digest.ts';
import { accept, type Entry, type StoredEntry } from '../../store/inbox.ts';
import type { Caller } from '../authentication.ts';
import { standingOf } from '../../store/members.ts';
import { isPerson } from '../../store/requester.ts';
import { deliverEntry, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { pointerOf } from '../../rules/json-pointer.ts';
import { type Answer, type Call, largeBodyLimit, route, usualBodyLimit } from '../route.ts';
import { storeTexts } from '../texts.ts';
import { definitionOf, mayRequest } from '../visibility.ts';
import { Accepted } from './views.ts';
import type { Sentence } from '../sentences.ts';

/** How a webhook is called as a sender and requester. */
export const hookName = (source: string) => `hook:${source}`;
const isHook = (person: string) => person.startsWith('hook:');

/** Nobody sends in the name of a webhook by a token. Throws `Problem`. */
export function checkSender({ person }: Caller): void {
  if (isHook(person)) throw new Problem('role-missing', 'This name is that of a webhook');
}

/** In bytes of JSON. It goes through Temporal, and what opens a case answers it within the 256 KiB that a step may answer. */
const largestRequest = 200 * 1024;

const visibleAscii = /^[\x21-\x7e]{1,200}$/;

/** What may stand in the body beside the request; from systems only. */
export const Besides = z.object({
  asOf: z.iso
    .datetime({ offset: true })
    .refine((at) => at >= '1970' && at < '2200', 'must be between 1970 and 2200')
    .describe('The case starts with its own clock at this instant; refused in production')
    .optional(),
  requestedBy: text(200)
    .min(1)
    .refine(isPerson, 'is the name of no person')
    .describe('On whose behalf the case is started')
    .optional(),
});

export const startCase = route({
  method: 'post',
  path: '/processes/{process}/cases',
  summary: 'Start a case; the same event is the same case, for ever',
  who: ['requester', 'system'],
  scope: 'cases.start',
  headers: { 'Idempotency-Key': 'The same key and body answer the same case' },
  body: z.record(z.string(), z.unknown()),
  bodyLimit: ({ process }, { definitions }) =>
    longTextsIn(definitionOf(definitions, process ?? '').request).length > 0 ? largeBodyLimit : usualBodyLimit,
  answers: { 202: { description: 'Accepted: it starts now, or as soon as Temporal can be reached', schema: Accepted } },
  problems: [
    ...(['not-found', 'idempotency-key-missing', 'idempotency-key-invalid', 'request-invalid'] as const),
    ...(['idempotency-key-reused', 'case-exists', 'as-of-refused'] as const),
  ],
  async answer(call, deps) {
    checkSender(call.caller);
    const definition = definitionOf(deps.definitions, call.params['process'] ?? '');
    const idempotencyKey = call.headers['idempotency-key'];
    if (idempotencyKey === undefined || idempotencyKey === '') throw new Problem('idempotency-key-missing');
    checkKey(idempotencyKey);
    return accepted(await acceptRequest(deps, incomingOf(call, idempotencyKey, definition, deps)));
  },
});

export function accepted(caseId: string): Answer {
  const url = `/cases/${encodeURIComponent(caseId)}`;
  return { status: 202, headers: { location: url }, body: { caseId, url } };
}

/** A request that keeps its contract, and how it came. */
export interface Incoming {
  definition: ProcessDefinition;
  request: Record<string, unknown>;
  /** Whose key it is. */
  sentBy: string;
  idempotencyKey: string;
  requester: string;
  asOf: Date | null;
}

/** Throws `Problem` `idempotency-key-invalid`. */
export function checkKey(idempotencyKey: unknown, detail: Sentence = ''): asserts idempotencyKey is string {
  if (typeof idempotencyKey !== 'string' || !visibleAscii.test(idempotencyKey))
    throw new Problem('idempotency-key-invalid', detail);
}

/** Stores a request once, delivers it, and answers its case. Throws `Problem`. */
export async function acceptRequest(deps: Deps, incoming: Incoming): Promise<string> {
  const { definition, sentBy, idempotencyKey, asOf } = incoming;
  const requester = await asSpelled(deps, incoming);
  const request = await storeTexts(deps.pool, definition.request, incoming.request);
  const caseId = caseIdOf(definition, request);
  if (caseId.length > longestCaseId) {
    const errors = definition.key.map((key) => ({
      field: pointerOf([key]),
      message: 'is too long for a key' as const,
    }));
    throw new Problem('request-invalid', '', { errors });
  }
  if (Buffer.byteLength(JSON.stringify(request)) > largestRequest)
    throw new Problem('body-too-large', `A request holds at most ${largestRequest} bytes beside its long texts`);
  const { name: process } = definition;
  const requestDigest = digest(request);
  return acceptOnce(deps, { process, sentBy, idempotencyKey, requestDigest, caseId, request, requester, asOf });
}

/** Whoever it is sent for as the store spells them, so that it is theirs by their own token. */
const asSpelled = async ({ pool }: Deps, { sentBy, requester }: Incoming): Promise<string> =>
  requester === sentBy ? requester : (await standingOf(pool, requester)).person;

type Sent = Pick<Call<unknown, Record<string, unknown>>, 'caller' | 'body'> & { signed?: boolean };

/** What a caller sent, held to the process's contract and to what they may say. Throws `Problem`. */
export function incomingOf(
  { caller, body, signed = false }: Sent,
  idempotencyKey: string,
  definition: ProcessDefinition,
  { production, hooks }: Deps,
): Incoming {
  if (!mayRequest(definition, caller))
    throw new Problem(caller.scopes ? 'scope-missing' : 'role-missing', `You may not ask for a ${definition.name}`);
  const { beside, request: given } = split(body, definition);
  const { asOf, requestedBy } = parse(Besides, beside);
  const said = (definition.saidBySystems ?? []).filter((field) => (given[field] ?? null) !== null);
  const systems = [...Object.keys(beside), ...said];
  if (systems.length > 0 && !caller.roles.includes('system'))
    throw new Problem('role-missing', `Only the role system may send ${systems.join(' and ')}`);
  if (requestedBy !== undefined && signed)
    throw new Problem('request-invalid', '', {
      errors: [{ field: '/requestedBy', message: 'is not taken from a webhook' }],
    });
  if (asOf !== undefined && production)
    throw new Problem('as-of-refused', '', { errors: [{ field: '/asOf', message: 'is not taken here' }] });

  const request = parse(definition.request, given);
  checkMessageId(definition, request, caller, hooks);
  return {
    definition,
    request,
    sentBy: caller.person,
    idempotencyKey,
    requester: requestedBy ?? caller.person,
    asOf: asOf === undefined ? null : new Date(asOf),
  };
}

/** A document's message is `<source>~<id>`: nobody else takes a place that a webhook's next message may need. */
function checkMessageId(
  { documents, key }: ProcessDefinition,
  request: object,
  { person }: Caller,
  hooks: Deps['hooks'],
) {
  if (!documents) return;
  for (const [field, value] of Object.entries(request)) {
    const source = key.includes(field) ? /^([^~]+)~/.exec(String(value))?.[1] : undefined;
    if (source === undefined || !hooks.isNamed(source) || person === hookName(source)) continue;
    const errors = [{ field: pointerOf([field]), message: 'begins with the name of a webhook' as const }];
    throw new Problem('request-invalid', '', { errors });
  }
}

/** Stores the entry, delivers it when it is new, and answers its case. */
async function acceptOnce(deps: Deps, entry: Entry & { sentBy: string }): Promise<string> {
  const { caseId, requestDigest } = entry;
  const { entry: stored, first } = await accept(deps.pool, entry);
  if (!stored) {
    const before = await findCase(deps.pool, caseId);
    if (!before || digest(before.request) !== requestDigest) throw new Problem('case-exists');
    return caseId;
  }
  if (!first && isSameKey(stored, entry) && !isSameSaid(stored, entry)) throw new Problem('idempotency-key-reused');
  if (stored.requestDigest !== requestDigest) throw new Problem('case-exists');
  if (first) await tryNow(deps.temporal, (ms) => deliverEntry(deps, stored, ms));
  return stored.caseId;
}

const isSameKey = (one: StoredEntry, other: Entry) =>
  one.sentBy === other.sentBy && one.idempotencyKey === other.idempotencyKey && one.process === other.process;

const isSameSaid = (one: Entry, other: Entry) =>
  one.requestDigest === other.requestDigest &&
  one.requester === other.requester &&
  one.asOf?.getTime() === other.asOf?.getTime();

/** The request apart from what may stand beside it, unless the process has a field of that name itself. */
function split(body: Record<string, unknown>, { request: { shape } }: ProcessDefinition) {
  const isBeside = ([name]: [string, unknown]) => Object.hasOwn(Besides.shape, name) && !Object.hasOwn(shape, name);
  const entries = Object.entries(body);
  return {
    beside: Object.fromEntries(entries.filter(isBeside)),
    request: Object.fromEntries(entries.filter((entry) => !isBeside(entry))),
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem('request-invalid', '', { errors: fieldErrors(parsed.error) });
  return parsed.data;
}

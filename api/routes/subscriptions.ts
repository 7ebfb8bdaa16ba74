import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import { findDefinition } from '../../core/declare/find.ts';
import { text } from '../../core/declare/values.ts';
import { eventNames } from '../../outbound/event-types.ts';
import { faultOfTarget } from '../../outbound/url.ts';
import { newSecret } from '../../outbound/webhook-signature.ts';
import * as store from '../../store/subscriptions.ts';
import type { Deps } from '../deps.ts';
import { type FieldError, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { declaredRoles } from '../visibility.ts';
import { declared } from '../sentences.ts';

const Instant = z.iso.datetime();
const names = z.array(text(100).min(1)).min(1).max(200);
const Wanted = z.strictObject({
  url: text(2_000).describe('https, at a public address; or what the operator lists'),
  types: z.array(z.enum(eventNames)).min(1).max(100),
  processes: names.optional().describe('Left out: all, also those to come'),
  queues: names.optional().describe('Left out: all. Else only what is about a handoff of one of them'),
  description: text(500).default(''),
});
const Subscription = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  processes: z.array(z.string()).nullable(),
  queues: z.array(z.string()).nullable(),
  description: z.string(),
  state: z.enum(['active', 'paused', 'ended']),
  endedBecause: z.enum(['asked', 'gone']).nullable().describe('`gone`: the subscriber answered 410'),
  createdBy: z.string(),
  createdAt: Instant,
  changedBy: z.string().nullable().describe('Who gave it a new secret, paused, resumed or ended it last'),
  changedAt: Instant.nullable(),
  lastDeliveredAt: Instant.nullable(),
  failingSince: Instant.nullable().describe('Since when nothing was taken'),
  lastFailure: z.string().nullable().describe('`status-<n>`, or what kept it from an answer'),
  waiting: z.int().describe('Still to be told'),
  waitingSince: Instant.nullable().describe('When the oldest of these happened'),
  dead: z.int().describe('Tried for the last time; they hold back what follows in their cases'),
});
const WithSecret = Subscription.extend({ secret: z.string().describe('Shown this once') });
const rotationHours = 24;
export const one = '/subscriptions/{subscriptionId}';
const answersOne = { 200: { description: 'As it is now', schema: Subscription } };

export const add = route({
  method: 'post',
  path: '/subscriptions',
  summary: 'Have what happens in cases told to a URL, signed; the secret is answered this once',
  who: ['admin'],
  body: Wanted,
  answers: { 201: { description: 'It begins now', schema: WithSecret } },
  problems: ['request-invalid'],
  async answer({ caller, body }, deps) {
    const errors = await faultsIn(body, deps);
    if (errors.length > 0) throw new Problem('request-invalid', '', { errors });
    const { processes = null, queues = null } = body;
    const [id, secret] = [`sub_${randomUUID()}`, newSecret()];
    await store.addSubscription(deps.pool, { ...body, id, secret, processes, queues, createdBy: caller.person });
    return { status: 201, body: { ...shown(await found(deps, id)), secret } };
  },
});

async function faultsIn({ url, processes, queues }: z.output<typeof Wanted>, deps: Deps): Promise<FieldError[]> {
  const { definitions, outboundAllowed } = deps;
  const fault = await faultOfTarget(url, outboundAllowed);
  const known = declaredRoles(definitions);
  const unknown = (list: readonly string[] = [], field: string, isKnown: (name: string) => boolean) =>
    list.flatMap((name, n) =>
      isKnown(name) ? [] : [{ field: `/${field}/${n}`, message: 'is not declared' as const }],
    );
  return [
    ...(fault ? [{ field: '/url', message: declared(fault) }] : []),
    ...unknown(processes, 'processes', (name) => findDefinition(definitions, name) !== undefined),
    ...unknown(queues, 'queues', (name) => known.has(name)),
  ];
}

export const list = route({
  method: 'get',
  path: '/subscriptions',
  summary: 'Whom Baton tells what happens in cases, and how far behind they are',
  who: ['admin', 'auditor'],
  answers: {
    200: { description: 'All, newest first', schema: z.object({ subscriptions: z.array(Subscription) }) },
  },
  problems: [],
  async answer(_call, { pool }) {
    return { status: 200, body: { subscriptions: (await store.listSubscriptions(pool)).map(shown) } };
  },
});

export const get = route({
  method: 'get',
  path: one,
  summary: 'One of them',
  who: ['admin', 'auditor'],
  answers: answersOne,
  problems: ['not-found'],
  answer: async ({ params }, deps) => ({ status: 200, body: shown(await found(deps, params['subscriptionId']!)) }),
});

export const rotation = route({
  method: 'post',
  path: `${one}/rotation`,
  summary: `A new secret, answered this once; the one before signs beside it for ${rotationHours} hours`,
  who: ['admin'],
  answers: { 200: { description: 'As it is now', schema: WithSecret } },
  problems: ['not-found', 'subscription-ended'],
  async answer({ caller, params }, deps) {
    const secret = newSecret();
    const change = (id: string) => store.rotateSecret(deps.pool, id, caller.person, secret, rotationHours);
    return { status: 200, body: { ...(await changed(deps, params, change)), secret } };
  },
});

/** A call that changes one of them and answers it. */
const changing = (
  verb: 'pause' | 'resume' | 'end',
  summary: string,
  change: (pool: Pool, id: string, by: string) => Promise<boolean>,
) =>
  route({
    method: 'post',
    path: `${one}/${verb}`,
    summary,
    who: ['admin'],
    answers: answersOne,
    problems: ['not-found', 'subscription-ended'],
    answer: async ({ caller, params }, deps) => ({
      status: 200,
      body: await changed(deps, params, (id) => change(deps.pool, id, caller.person)),
    }),
  });

export const pause = changing('pause', 'Tell it nothing for a while; what happens is kept for it', (pool, id, by) =>
  store.setPaused(pool, id, by, true),
);
export const resume = changing('resume', 'Tell it what was kept, and go on', (pool, id, by) =>
  store.setPaused(pool, id, by, false),
);
export const end = changing(
  'end',
  'Tell it nothing more, for ever; what it was still to be told is skipped',
  store.endSubscription,
);

/** Throws `not-found`. */
export async function found({ pool }: Deps, id: string): Promise<store.Subscription> {
  const one = await store.findSubscription(pool, id);
  if (!one) throw new Problem('not-found');
  return one;
}

/** Throws `not-found`, `subscription-ended`. */
async function changed(deps: Deps, params: Readonly<Record<string, string>>, change: (id: string) => Promise<boolean>) {
  const { id } = await found(deps, params['subscriptionId']!);
  if (!(await change(id))) throw new Problem('subscription-ended');
  return shown(await found(deps, id));
}

export const iso = (at: Date | null) => at?.toISOString() ?? null;

const shown = (one: store.Subscription): z.output<typeof Subscription> => ({
  ...one,
  createdAt: one.createdAt.toISOString(),
  changedAt: iso(one.changedAt),
  lastDeliveredAt: iso(one.lastDeliveredAt),
  failingSince: iso(one.failingSince),
  waitingSince: iso(one.waitingSince),
});

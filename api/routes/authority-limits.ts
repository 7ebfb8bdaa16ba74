import { z } from 'zod';
import { Cents, Currency, text } from '../../core/declare/values.ts';
import { type Limits, limitsOf, setLimits } from '../../store/authority-limits.ts';
import { isSameName } from '../../rules/canonical.ts';
import { standingOf } from '../../store/members.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { declaredRoles, hasAny } from '../visibility.ts';
import type { Sentence } from '../sentences.ts';

const Amount = z.strictObject({
  amount: Cents.describe('In the smallest unit of its currency: the most that may be approved'),
  currency: Currency.describe('An amount in a currency without a limit is outside the limit'),
});
const ofPerson = z.strictObject({ limits: z.array(Amount.extend({ queue: text(100).min(1) })).max(500) });
const ofQueue = z.strictObject({ limits: z.array(Amount).max(50) });

const said = { by: z.string().nullable(), at: z.iso.datetime().nullable() };
const answersOf = <L extends z.ZodObject>(schema: L) => ({
  200: { description: 'The limits as the store has them, and who set them last', schema: schema.extend(said) },
});

export const getOfPerson = route({
  method: 'get',
  path: '/people/{person}/limits',
  summary: 'Up to which amounts somebody decides, by queue: for themself, an administrator or an auditor',
  who: 'anyone',
  answers: answersOf(ofPerson),
  problems: ['not-found'],
  async answer({ caller, params }, { pool }) {
    const { person } = await standingOf(pool, params['person']!);
    if (!isSameName(person, caller.person) && !hasAny(caller, ['admin', 'auditor'])) throw new Problem('not-found');
    return { status: 200, body: shown(await limitsOf(pool, 'person', person)) };
  },
});

export const putOfPerson = route({
  method: 'put',
  path: '/people/{person}/limits',
  summary: 'Say up to which amounts somebody decides; of a queue that is not named, its own limits hold',
  who: ['admin'],
  body: ofPerson,
  answers: answersOf(ofPerson),
  problems: ['request-invalid'],
  async answer({ caller, params, body: { limits } }, { pool, definitions }) {
    const known = declaredRoles(definitions);
    mustBe(limits, 'queue', 'is a queue that no process knows', ({ queue }) => known.has(queue));
    mustBe(limits, 'currency', 'is there before for this queue', isFirst(limits));
    await setLimits(pool, 'person', params['person']!, limits, caller.person);
    const { person } = await standingOf(pool, params['person']!);
    return { status: 200, body: shown(await limitsOf(pool, 'person', person)) };
  },
});

export const getOfQueue = route({
  method: 'get',
  path: '/queues/{queue}/limits',
  summary: 'Up to which amounts the members of a queue decide who have no limit of their own in it',
  who: ['admin', 'auditor', 'queue'],
  answers: answersOf(ofQueue),
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, { pool, definitions }) {
    const queue = params['queue']!;
    if (!declaredRoles(definitions).has(queue)) throw new Problem('not-found');
    if (!hasAny(caller, ['admin', 'auditor', queue])) throw new Problem('not-your-queue');
    return { status: 200, body: shownOfQueue(await limitsOf(pool, 'queue', queue)) };
  },
});

export const putOfQueue = route({
  method: 'put',
  path: '/queues/{queue}/limits',
  summary: 'Say up to which amounts the members of a queue decide who have no limit of their own in it',
  who: ['admin'],
  body: ofQueue,
  answers: answersOf(ofQueue),
  problems: ['not-found', 'request-invalid'],
  async answer({ caller, params, body }, { pool, definitions }) {
    const queue = params['queue']!;
    if (!declaredRoles(definitions).has(queue)) throw new Problem('not-found');
    const limits = body.limits.map((limit) => ({ ...limit, queue }));
    mustBe(limits, 'currency', 'is there before', isFirst(limits));
    await setLimits(pool, 'queue', queue, limits, caller.person);
    return { status: 200, body: shownOfQueue(await limitsOf(pool, 'queue', queue)) };
  },
});

type Limit = Limits['limits'][number];

const isFirst = (limits: readonly Limit[]) => (limit: Limit, n: number) =>
  limits.findIndex(({ queue, currency }) => queue === limit.queue && currency === limit.currency) === n;

function mustBe(
  limits: readonly Limit[],
  field: keyof Limit,
  message: Sentence,
  holds: (limit: Limit, n: number) => boolean,
): void {
  const wrong = limits.findIndex((limit, n) => !holds(limit, n));
  if (wrong >= 0)
    throw new Problem('request-invalid', '', { errors: [{ field: `/limits/${wrong}/${field}`, message }] });
}

const shown = ({ limits, by, at }: Limits) => ({ limits, by, at: at && at.toISOString() });
const shownOfQueue = ({ limits, ...said }: Limits) =>
  shown({ limits: limits.map(({ queue: _, ...limit }) => limit) as Limit[], ...said });

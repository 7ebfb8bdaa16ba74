import { z } from 'zod';
import { listDeliveries, type ListedDelivery, settleDead } from '../../store/deliveries.ts';
import type { Deps } from '../deps.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { route } from '../route.ts';
import { found, iso, one } from './subscriptions.ts';

const Instant = z.iso.datetime();
const Delivery = z.object({
  id: z.int(),
  event: z.string().describe('The CloudEvent’s id'),
  type: z.string(),
  caseId: z.string(),
  state: z.enum(['waiting', 'delivered', 'dead', 'skipped']),
  lastFailure: z.string().nullable(),
  createdAt: Instant,
  settledAt: Instant.nullable(),
});

export const list = route({
  method: 'get',
  path: `${one}/deliveries`,
  summary: 'What it was told and is to be told',
  who: ['admin', 'auditor'],
  query: z.strictObject({
    state: Delivery.shape.state.optional(),
    before: placeIn('deliveries').optional(),
    limit: Limit,
  }),
  answers: {
    200: {
      description: 'Newest first; what was delivered or skipped, for seven days',
      schema: z.object({ deliveries: z.array(Delivery), next: z.string().optional().describe('Pass as `before`') }),
    },
  },
  problems: ['not-found'],
  async answer({ params, query }, deps) {
    const { id } = await found(deps, params['subscriptionId']!);
    const listed = await listDeliveries(deps.pool, id, query);
    const next = nextOf('deliveries', listed, query.limit);
    return { status: 200, body: { deliveries: listed.map(shownDelivery), ...next } };
  },
});

const ids = z.array(z.int().positive()).min(1).max(1_000);
const settlingAnswers = {
  200: { description: 'How many there were', schema: z.object({ deliveries: z.int() }) },
};

export const redelivery = route({
  method: 'post',
  path: `${one}/redelivery`,
  summary: 'Send dead ones again, in the order of their cases, and then what they held back',
  who: ['admin'],
  body: z.strictObject({ deliveries: ids.optional().describe('Left out: all') }),
  bodyOptional: true,
  answers: settlingAnswers,
  problems: ['not-found'],
  answer: ({ params, body }, deps) => settled(deps, params, body.deliveries, 'waiting'),
});

export const skip = route({
  method: 'post',
  path: `${one}/skip`,
  summary: 'Never send these dead ones, and go on with what they held back',
  who: ['admin'],
  body: z.strictObject({ deliveries: ids }),
  answers: settlingAnswers,
  problems: ['not-found'],
  answer: ({ params, body }, deps) => settled(deps, params, body.deliveries, 'skipped'),
});

async function settled(
  deps: Deps,
  params: Readonly<Record<string, string>>,
  ids: readonly number[] | undefined,
  state: 'waiting' | 'skipped',
) {
  const { id } = await found(deps, params['subscriptionId']!);
  return { status: 200, body: { deliveries: await settleDead(deps.pool, id, ids, state) } };
}

const shownDelivery = ({ id, type, caseId, seq, state, lastFailure, createdAt, settledAt }: ListedDelivery) =>
  ({
    ...{ id, event: `${caseId}/${seq}`, type, caseId, state, lastFailure },
    createdAt: createdAt.toISOString(),
    settledAt: iso(settledAt),
  }) satisfies z.output<typeof Delivery>;

import { z } from 'zod';
import { text } from '../../core/values.ts';
import { findHandoff, listHandoffs, type StoredHandoff } from '../../store/handoffs.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { hasAny, maySeeCase, queuesOfCaller, seesAllHandoffs } from '../visibility.ts';
import { Limit } from './cases.ts';
import { answering } from './queue-of.ts';
import { Handoff, Handoffs, showHandoff } from './views.ts';

export const list = route({
  method: 'get',
  path: '/handoffs',
  summary: "Handoffs, what is due first comes first; a member sees their queues'",
  who: ['auditor', 'admin', 'queue'],
  query: z.strictObject({
    owner: text(200).min(1).optional(),
    state: Handoff.shape.state.optional(),
    case: text(2_000).min(1).optional(),
    after: text(2_000).min(1).optional().describe('Those after this handoff'),
    limit: Limit,
  }),
  answers: { 200: { description: 'A page of handoffs', schema: Handoffs } },
  problems: ['not-your-queue'],
  async answer({ caller, query }, deps) {
    const { owner, state, case: caseId, after, limit } = query;
    const own = seesAllHandoffs(caller) ? undefined : await queuesOfCaller(deps.pool, caller);
    if (owner !== undefined && own && !own.includes(owner)) throw new Problem('not-your-queue');
    const owners = owner === undefined ? own : [owner];
    const found = await listHandoffs(deps.pool, { owners, state, caseId, after, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    const handoffs = found.map((one) => showHandoff(deps, one));
    return { status: 200, body: { handoffs, ...(last ? { next: last.id } : {}) } };
  },
});

export const get = route({
  method: 'get',
  path: '/handoffs/{handoffId}',
  summary: 'A handoff: what is proposed, what may be changed, until when',
  who: ['auditor', 'admin', 'queue'],
  answers: { 200: { description: 'The handoff', schema: Handoff } },
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const { pool, definitions } = deps;
    const handoff: StoredHandoff | undefined = await findHandoff(pool, params['handoffId']!);
    if (!handoff || !maySeeCase(definitions, caller, handoff)) throw new Problem('not-found');
    if (!seesAllHandoffs(caller)) {
      const own = { ...caller, roles: await queuesOfCaller(pool, caller) };
      if (!hasAny(own, [...answering(definitions, handoff), handoff.escalateTo])) throw new Problem('not-your-queue');
    }
    return { status: 200, body: showHandoff(deps, handoff) };
  },
});

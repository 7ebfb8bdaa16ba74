import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { listHandoffs } from '../../store/list-handoffs.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { standInOf } from '../authority.ts';
import { queuesSeenBy } from '../queues.ts';
import { queuesOfCaller, seesAllHandoffs } from '../visibility.ts';
import { findVisibleHandoff } from './visible-handoff.ts';
import { Handoff, Handoffs, showHandoff } from './views.ts';

export const list = route({
  method: 'get',
  path: '/handoffs',
  summary:
    "Handoffs, open ones first and what is due first; a member sees their queues', a lead those of the queues they lead, anybody those given to them by name",
  who: 'anyone',
  query: z.strictObject({
    owner: text(200).min(1).optional().describe('A queue, or a person'),
    state: Handoff.shape.state.optional(),
    kind: Handoff.shape.kind.optional(),
    slaStage: Handoff.shape.slaStage.optional(),
    claimedBy: text(200).min(1).optional(),
    claimed: z.enum(['yes', 'no']).optional().describe('By somebody, or by nobody'),
    process: text(200).min(1).optional(),
    search: text(200)
      .min(2)
      .optional()
      .describe("Stands in the case's id or in a text of what is shown, however it is capitalised"),
    case: text(2_000).min(1).optional(),
    after: placeIn('handoffs').optional(),
    limit: Limit,
  }),
  answers: { 200: { description: 'A page of handoffs', schema: Handoffs } },
  problems: ['not-your-queue'],
  async answer({ caller, query }, deps) {
    const { case: caseId, after, limit, claimed: isClaimed, ...filters } = query;
    const claimed = isClaimed && isClaimed === 'yes';
    const { owner } = filters;
    const { person } = caller;
    const queues = seesAllHandoffs(caller) ? undefined : await queuesSeenBy(deps, caller);
    const standIn =
      queues && (await standInOf(deps.pool, deps.definitions, person, await queuesOfCaller(deps.pool, caller)));
    const theirs = queues && standIn && [...queues, person, ...standIn.queues, ...standIn.people];
    if (owner !== undefined && theirs && !theirs.includes(owner)) throw new Problem('not-your-queue');
    const visibleTo = queues && { queues, person, standIn };
    const found = await listHandoffs(deps.pool, { ...filters, claimed, visibleTo, caseId, after, limit });
    const handoffs = found.map((one) => showHandoff(deps, one));
    return { status: 200, body: { handoffs, ...nextOf('handoffs', found, limit) } };
  },
});

export const get = route({
  method: 'get',
  path: '/handoffs/{handoffId}',
  summary: 'A handoff: what is proposed, what may be changed, until when',
  who: ['auditor', 'admin', 'queue', 'person', 'lead', 'system'],
  answers: { 200: { description: 'The handoff', schema: Handoff } },
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const { handoff, involved } = await findVisibleHandoff(deps, caller, params['handoffId']!);
    if (!involved && !seesAllHandoffs(caller)) throw new Problem('not-your-queue');
    return { status: 200, body: showHandoff(deps, handoff) };
  },
});

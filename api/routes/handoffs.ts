import { z } from 'zod';
import { isSameName } from '../../rules/canonical.ts';
import { text } from '../../core/declare/values.ts';
import { queuesLedBy } from '../../store/members.ts';
import { authoritiesOf, standInOf } from '../authority.ts';
import { findHandoff, type StoredHandoff } from '../../store/handoffs.ts';
import { listHandoffs } from '../../store/list-handoffs.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { hasAny, queuesOfCaller, seesAllHandoffs } from '../visibility.ts';
import { answering, maySeeHandoff } from './queue-of.ts';
import { Handoff, Handoffs, showHandoff } from './views.ts';

export const list = route({
  method: 'get',
  path: '/handoffs',
  summary:
    "Handoffs, open ones first and what is due first; a member sees their queues' and those given to them by name",
  who: 'anyone',
  query: z.strictObject({
    owner: text(200).min(1).optional().describe('A queue, or a person'),
    state: Handoff.shape.state.optional(),
    kind: Handoff.shape.kind.optional(),
    case: text(2_000).min(1).optional(),
    after: placeIn('handoffs').optional(),
    limit: Limit,
  }),
  answers: { 200: { description: 'A page of handoffs', schema: Handoffs } },
  problems: ['not-your-queue'],
  async answer({ caller, query }, deps) {
    const { owner, state, kind, case: caseId, after, limit } = query;
    const { person } = caller;
    const queues = seesAllHandoffs(caller) ? undefined : await queuesOfCaller(deps.pool, caller);
    const standIn = queues && (await standInOf(deps.pool, deps.definitions, person, queues));
    const theirs = queues && standIn && [...queues, person, ...standIn.queues, ...standIn.people];
    if (owner !== undefined && theirs && !theirs.includes(owner)) throw new Problem('not-your-queue');
    const visibleTo = queues && { queues, person, standIn };
    const found = await listHandoffs(deps.pool, { visibleTo, owner, state, kind, caseId, after, limit });
    const handoffs = found.map((one) => showHandoff(deps, one));
    return { status: 200, body: { handoffs, ...nextOf('handoffs', found, limit) } };
  },
});

export const get = route({
  method: 'get',
  path: '/handoffs/{handoffId}',
  summary: 'A handoff: what is proposed, what may be changed, until when',
  who: ['auditor', 'admin', 'queue', 'person', 'lead'],
  answers: { 200: { description: 'The handoff', schema: Handoff } },
  problems: ['not-found', 'not-your-queue'],
  async answer({ caller, params }, deps) {
    const { pool, definitions } = deps;
    const handoff: StoredHandoff | undefined = await findHandoff(pool, params['handoffId']!);
    const leads = await queuesLedBy(pool, caller.person);
    const isLed = handoff && answering(handoff).some((queue) => leads.includes(queue));
    const theirs = isSameName(handoff?.person ?? null, caller.person);
    if (!handoff || !(isLed || maySeeHandoff(definitions, caller, handoff))) throw new Problem('not-found');
    if (!theirs && !isLed && !seesAllHandoffs(caller)) {
      const queues = await queuesOfCaller(pool, caller);
      const may =
        hasAny({ ...caller, roles: queues }, [...answering(handoff), handoff.escalateTo]) ||
        (await authoritiesOf(pool, definitions, caller.person, queues, handoff)).length > 0;
      if (!may) throw new Problem('not-your-queue');
    }
    return { status: 200, body: showHandoff(deps, handoff) };
  },
});

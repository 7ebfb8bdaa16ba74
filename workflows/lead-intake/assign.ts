import { isSameName } from '../../rules/canonical.ts';
import { approvedBy } from '../../core/run/approval.ts';
import type { Case } from '../../core/run/steps.ts';
import { availability, inTurn, peopleOf, type Route } from './route.ts';
import type { Verbs } from './types.ts';

/** Whose turn it is to answer a lead. */
export interface Turn {
  owner: string;
  queued: boolean;
}

/** Gives the lead to the first who may have it: who is absent, full or had their time is passed over. */
export async function assign(
  route: Route,
  had: readonly string[],
  { assemble, check, act }: Pick<Verbs, 'assemble' | 'check' | 'act'>,
  { today }: Pick<Case, 'today'>,
): Promise<Turn | undefined> {
  const { leadId, queue } = route;
  const { representatives } = await assemble({ representatives: { people: peopleOf(route) } });
  for (const owner of inTurn(route, representatives)) {
    const facts = availability(owner, route, representatives, had, today());
    const ruling = await check.assignment(facts, { leadId, owner });
    if (ruling.verdict !== 'allow') continue;
    if (!facts.stays) await act.assignLead({ leadId, owner }, approvedBy(ruling));
    return { owner, queued: isSameName(owner, queue) };
  }
}

import { type Approval, approvedBy, together } from '../../core/run/approval.ts';
import type { Case } from '../../core/run/steps.ts';
import { accessFacts, approverFacts, entitlementFacts, sourcesOf } from './facts.ts';
import type { Records, Request, S, Step, Terms } from './types.ts';

type Grant = Terms<'grant'>;
type GrantApproval = Approval<'grant', Grant>;

export type Leave =
  | { answer: 'approved'; approval: GrantApproval; asked: number }
  | { answer: 'unchanged'; because: string; asked: number }
  | { answer: 'returned'; because: string; asked: number }
  | { answer: 'denied'; because: string; conflicts: [string, string][]; asked: number };

/**
 * Seeks leave for a grant: of the rules, then of one person after the other. Days pass between one and the next, so each turn
 * begins with what the records say by then: who has left meanwhile is granted nothing, and nobody who may not decide is asked.
 */
export async function seekLeave(
  grant: Grant,
  request: Request,
  steps: S,
  { today, requestedBy }: Pick<Case, 'today' | 'requestedBy'>,
  extending = false,
): Promise<Leave> {
  const { assemble, check, handOff, receive } = steps;
  const approvals = new Map<Step, GrantApproval>();
  const agreed = (): GrantApproval | undefined => {
    const [first, ...others] = approvals.values();
    return first && together(first, ...others);
  };

  for (let asked = 0; ;) {
    const records: Records = await assemble(sourcesOf(grant));
    const entitlement = await check.entitlement(entitlementFacts(records), grant);
    const found = accessFacts(grant, request.reason, records, entitlement, today(), extending);
    const ruling = await check.access(found.facts, grant);
    const { rule: because } = ruling;

    if (ruling.verdict === 'deny') {
      const conflicts = found.conflicts.map(({ roles }) => roles);
      return { answer: 'denied', because, conflicts: because === 'sod-conflict' ? conflicts : [], asked };
    }
    if (ruling.verdict === 'return') return { answer: 'returned', because, asked };
    if (ruling.verdict === 'unchanged') return { answer: 'unchanged', because, asked };
    if (ruling.verdict === 'allow') return { answer: 'approved', approval: agreed() ?? approvedBy(ruling), asked };

    const barred = [request.beneficiary, requestedBy];
    const facts = approverFacts(ruling.outputs.approvers ?? [], [...approvals.keys()], records, barred);
    const next = await check.approver(facts, grant);
    if (next.verdict === 'allow') return { answer: 'approved', approval: agreed() ?? approvedBy(next), asked };
    if (next.verdict === 'wait') {
      const appointed = await receive.approverAppointed({ requestId: grant.requestId });
      if (!appointed) return { answer: 'returned', because: next.rule, asked };
      continue;
    }

    const { person, role, exceptions } = records;
    const about = { held: found.held, conflicts: [...found.conflicts, ...found.excepted], exceptions };
    const packet = {
      ...{ request, person: person!, role: role!, ...about, smaller: role!.smaller },
      ...{ extends: extending, rule: because },
    };
    asked += 1;
    const decision = await handOff[next.verdict](packet, grant);
    if (decision.verdict === 'rejected') return { answer: 'denied', because: decision.because, conflicts: [], asked };
    // Silence is no approval.
    if (decision.verdict !== 'approved') return { answer: 'returned', because: decision.because, asked };
    approvals.set(next.verdict === 'managerAbove' ? 'manager' : next.verdict, decision);
  }
}

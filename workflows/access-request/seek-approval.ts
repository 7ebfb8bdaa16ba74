import { approvedBy, together } from '../../core/run/approval.ts';
import { type Again, again } from '../../core/run/rounds.ts';
import type { Case } from '../../core/run/steps.ts';
import { approverFacts } from './facts.ts';
import { look, packetOf, type Seen } from './look.ts';
import type { Wish } from './terms.ts';
import type { ApprovalStep, GrantApproval, Verbs } from './types.ts';

/** What became of a wish, and how many people were asked. */
export type Answer =
  | { verdict: 'approved'; approval: GrantApproval; asked: number }
  | { verdict: 'unchanged' | 'returned'; because: string; asked: number }
  | { verdict: 'denied'; because: string; conflicts: [string, string][]; asked: number };

type Agreed = readonly { step: ApprovalStep; approval: GrantApproval }[];
const nobody: Agreed = [];

/**
 * Asks the rules, then one person after the other. Days pass between one and the next, so each turn begins with what the
 * records say by then: who has left meanwhile is granted nothing, and nobody who may not decide is asked.
 */
export const seekApproval = (wish: Wish, steps: Verbs, theCase: Case): Promise<Answer> =>
  steps.rounds.approver(nobody, async (agreed) => {
    const seen = await look(wish, steps, theCase);
    const { rule: because, verdict } = seen.ruling;
    const asked = agreed.length;

    switch (verdict) {
      case 'deny': {
        const conflicts = because === 'sod-conflict' ? seen.conflicts.map(({ roles }) => roles) : [];
        return { verdict: 'denied', because, conflicts, asked };
      }
      case 'return':
        return { verdict: 'returned', because, asked };
      case 'unchanged':
        return { verdict, because, asked };
      case 'allow':
        return { verdict: 'approved', approval: ofAll(agreed) ?? approvedBy(seen.ruling), asked };
      case 'approve':
        return askNext(wish, seen, agreed, steps, theCase);
    }
  });

/** Asks whoever is next, until everybody whom the rules name has agreed. */
async function askNext(
  wish: Wish,
  seen: Seen,
  agreed: Agreed,
  { check, handOff, receive }: Verbs,
  { requestedBy }: Case,
): Promise<Again<Agreed> | Answer> {
  const { request, grant } = wish;
  const needed = seen.ruling.outputs.approvers ?? [];
  const missing = needed.filter((step) => !agreed.some((one) => one.step === step));
  const facts = approverFacts(missing, seen.records, [request.beneficiary, requestedBy]);
  const next = await check.approver(facts, grant);
  const asked = agreed.length;

  switch (next.verdict) {
    case 'allow':
      return { verdict: 'approved', approval: ofAll(agreed) ?? approvedBy(next), asked };

    case 'wait': {
      const appointed = await receive.approverAppointed({ requestId: grant.requestId });
      return appointed ? again(agreed) : { verdict: 'returned', because: next.rule, asked };
    }

    case 'manager':
    case 'managerAbove':
    case 'roleOwner':
    case 'security': {
      const decision = await handOff[next.verdict](packetOf(wish, seen), grant);
      switch (decision.verdict) {
        case 'approved': {
          const step = next.verdict === 'managerAbove' ? 'manager' : next.verdict;
          return again([...agreed, { step, approval: decision }]);
        }
        case 'rejected':
          return { verdict: 'denied', because: decision.because, conflicts: [], asked: asked + 1 };
        case 'returned':
        case 'expired': // silence is no approval
          return { verdict: 'returned', because: decision.because, asked: asked + 1 };
      }
    }
  }
}

/** What is granted stands by everybody who agreed. */
function ofAll(agreed: Agreed): GrantApproval | undefined {
  const [first, ...others] = agreed.map(({ approval }) => approval);
  return first && together(first, ...others);
}

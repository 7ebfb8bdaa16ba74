import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { supervision } from '../declare/autonomy.ts';
import type { Activities } from './activities.ts';
import { refusalIn } from './calls.ts';
import type { CaseState } from './case-state.ts';
import { decisionOn } from './decision.ts';

type Write = Parameters<Activities['performAction']>[0];

/**
 * Writes; where the approval does not suffice at the process's level of autonomy, asks the supervising queue on the same terms
 * and writes on both. All writes on one approval share its supervision. Unlike a write, the wait may be cancelled.
 */
export function supervised(state: CaseState) {
  const references = new Map<string, string>(); // of supervisors' approvals, by that of what they supervise
  return async (write: Write, perform: (write: Write) => Promise<unknown>): Promise<unknown> => {
    const performOn = (reference: string) => perform({ ...write, approval: `${write.approval} + ${reference}` });
    const known = references.get(write.approval);
    if (known !== undefined) return performOn(known);
    try {
      return await perform(write);
    } catch (error) {
      if (refusalIn(error)?.type !== 'person-needed') throw error;
    }
    const reference = await ask(state, write);
    references.set(write.approval, reference);
    const scope = CancellationScope.current();
    return scope.consideredCancelled ? scope.cancelRequested : performOn(reference);
  };
}

/** The reference of the supervisor's approval. Any other decision fails the case. */
async function ask(state: CaseState, write: Write): Promise<string> {
  const { caseId, name, approval } = write;
  const about = approval.replaceAll(`${caseId}/`, '').replaceAll(' + ', '+');
  const step = { ...write, key: `${caseId}/${supervision}:${about}` };
  state.at(`supervise ${name}`);
  const open = () => state.local('openSupervision', name, `Ask to supervise ${name}`)(step);
  const decision = await decisionOn(state, { ...step, name: supervision }, open);
  if (decision.verdict === 'approved') return decision.reference;
  const { verdict, by, because } = decision;
  const message = `${name}: ${verdict} by ${by}, who supervises it: ${because}`;
  throw ApplicationFailure.nonRetryable(message, 'action-refused');
}

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
export async function supervised(
  state: CaseState,
  write: Write,
  perform: (write: Write) => Promise<unknown>,
): Promise<unknown> {
  try {
    return await perform(write);
  } catch (error) {
    if (refusalIn(error)?.type !== 'person-needed') throw error;
  }
  const approval = `${write.approval} + ${await supervisedBy(state, write)}`;
  const scope = CancellationScope.current();
  return scope.consideredCancelled ? scope.cancelRequested : perform({ ...write, approval });
}

/** The reference of the supervisor's approval. Anything else than that fails the case. */
async function supervisedBy(state: CaseState, write: Write): Promise<string> {
  const { caseId, approval } = write;
  const about = approval.replaceAll(`${caseId}/`, '').replaceAll(' + ', '+');
  const step = { ...write, key: `${caseId}/${supervision}:${about}` };
  state.at(`supervise ${write.name}`);
  const asked = { ...step, name: supervision };
  const decision = await decisionOn(state, asked, () =>
    state.local('openSupervision', write.name, `Ask to supervise ${write.name}`)(step),
  );
  if (decision.verdict === 'approved') return decision.reference;
  const { verdict, by, because } = decision;
  const message = `${write.name}: ${verdict} by ${by}, who supervises it: ${because}`;
  throw ApplicationFailure.nonRetryable(message, 'action-refused');
}

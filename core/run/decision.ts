import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Decision } from './approval.ts';
import type { Step, Turn } from './activities.ts';
import type { CaseState } from './case-state.ts';
import type { Waiting } from './messages.ts';

/**
 * Waits until the handoff that `open` opens, or finds open, is decided: by a person, or by its contract once time is over.
 * A question that is called off is withdrawn.
 */
export async function decisionOn(state: CaseState, step: Step, open: () => Promise<Turn>): Promise<Decision> {
  try {
    return await decided(state, step, open);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    const withdraw = state.local('withdrawHandoff', step.name, `Withdraw ${step.name}`);
    await CancellationScope.nonCancellable(() => withdraw({ ...step, because: 'the case goes on without it' }));
    throw error;
  }
}

const decided = (state: CaseState, step: Step, open: () => Promise<Turn>): Promise<Decision> =>
  state.notifications.listening(step.key, async (notified) => {
    let turn = await open();
    while (!turn.decision) {
      const { decision: _, wakeAt, ...whose } = turn;
      const wait: Waiting = { for: 'handoff', id: step.key, ...whose };
      await state.waiting(wait, () => notified(wakeAt, `${wait.owner} until ${wait.dueAt}`));
      turn = await state.local('turnHandoff', step.name, `Look at ${step.name}`)(step);
    }
    return turn.decision;
  });

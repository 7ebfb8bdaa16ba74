import type { TaskTurn } from './activities.ts';
import { refusalIn } from './calls.ts';
import type { CaseState } from './case-state.ts';
import type { Waiting } from './messages.ts';

/** A write whose outcome nobody knows waits for the person who finds it out, and goes on from there under its key. */
export async function onceKnown(state: CaseState, perform: () => Promise<unknown>): Promise<unknown> {
  let task: TaskTurn | undefined;
  for (;;) {
    try {
      return await (task ? whenFound(state, task.task, perform) : perform());
    } catch (error) {
      task = taskIn(error);
      if (!task) throw error;
    }
  }
}

/** Fails as the write does, also with a further task. This wait can be cancelled: then what was known is compensated, and the task stays. */
const whenFound = (state: CaseState, id: string, perform: () => Promise<unknown>): Promise<unknown> =>
  state.notifications.listening(id, async (notified) => {
    for (;;) {
      try {
        return await perform();
      } catch (error) {
        const turn = taskIn(error);
        if (turn?.task !== id) throw error;
        const wait: Waiting = { for: 'handoff', id, owner: turn.owner, dueAt: turn.dueAt };
        await state.waiting(wait, () => notified(turn.wakeAt, `${turn.owner} until ${turn.dueAt}`));
      }
    }
  });

function taskIn(error: unknown): TaskTurn | undefined {
  const refusal = refusalIn(error);
  return refusal?.type === 'outcome-unknown' ? (refusal.details?.[0] as TaskTurn | undefined) : undefined;
}

import { CancellationScope } from '@temporalio/workflow';
import type { TaskTurn } from './activities.ts';
import type { Approval } from './approval.ts';
import { byName } from './by-name.ts';
import { refusalIn } from './calls.ts';
import type { CaseState } from './case-state.ts';
import type { Waiting } from './messages.ts';

type Line = { id: string } & Record<string, unknown>;

/** `act.name(input, approval)` and `act.name.each(lines, approval)`. */
export const act = (state: CaseState) =>
  byName((name) => {
    const one = (input: unknown, approval: Approval, which?: { of: string }) =>
      write(state, name, input, approval, which);
    const each = async (lines: readonly Line[], approval: Approval) => {
      const written: unknown[] = [];
      for (const { id, ...input } of lines) {
        written.push({ id, ...((await one(input, approval, { of: id })) as object | undefined) });
      }
      return written;
    };
    return Object.assign(one, { each });
  });

/** A write under way is waited for, never cancelled: only a known answer can be compensated. */
function write(
  state: CaseState,
  name: string,
  input: unknown,
  approval: Approval,
  which?: { of: string },
): Promise<unknown> {
  const scope = CancellationScope.current();
  if (scope.consideredCancelled) return scope.cancelRequested;
  const series = which ? `${name}:${which.of}` : name;
  if (state.writing.has(series)) throw new Error(`Two ${series} at once: say which line each is for, { of: line.id }`);
  state.at(`act ${name}`);
  const step = { ...state.step(name, which?.of), ...which, input, approval: approval.reference };
  return known(state, () => {
    const written = CancellationScope.nonCancellable(() => state.local('performAction', name, `Do ${name}`)(step));
    state.writing.set(series, written);
    const done = () => void state.writing.delete(series);
    written.then(done, done);
    return written;
  });
}

/** A write whose outcome nobody knows waits for the person who finds it out, and goes on from there under its key. */
async function known(state: CaseState, perform: () => Promise<unknown>): Promise<unknown> {
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

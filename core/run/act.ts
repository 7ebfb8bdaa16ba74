import { CancellationScope } from '@temporalio/workflow';
import type { Approval } from './approval.ts';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';
import { supervised } from './supervision.ts';
import { onceKnown } from './unknown-outcome.ts';

type Line = { id: string } & Record<string, unknown>;

/** `act.name(input, approval)` and `act.name.each(lines, approval)`. */
export const act = (state: CaseState) => {
  const supervise = supervised(state);
  return byName((name) => {
    const one = (input: unknown, approval: Approval, which?: { of: string }) =>
      write({ state, supervise }, name, input, approval, which);
    const each = async (lines: readonly Line[], approval: Approval) => {
      const written: unknown[] = [];
      for (const { id, ...input } of lines) {
        written.push({ id, ...((await one(input, approval, { of: id })) as object | undefined) });
      }
      return written;
    };
    return Object.assign(one, { each });
  });
};

/** A write under way is waited for, never cancelled: only a known answer can be compensated. */
function write(
  { state, supervise }: { state: CaseState; supervise: ReturnType<typeof supervised> },
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
  const perform = (write: typeof step) => {
    const written = CancellationScope.nonCancellable(() => state.local('performAction', name, `Do ${name}`)(write));
    state.writing.set(series, written);
    const done = () => void state.writing.delete(series);
    written.then(done, done);
    return written;
  };
  return supervise(step, (write) => onceKnown(state, () => perform(write)));
}

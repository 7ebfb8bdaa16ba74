import { CancellationScope } from '@temporalio/workflow';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';
import type { Undone } from './steps.ts';

/** `compensate(because)` for the whole case, and `compensate.name(because)` for the newest write of one action. */
export const compensate = (state: CaseState) => {
  const all = (because: string) => compensateAll(state, because);
  const one = byName((name) => (because: string, which?: { of: string }) => compensateOne(state, name, because, which));
  return new Proxy(all, { get: (_, name) => Reflect.get(one, name) as unknown });
};

/** Waits for the writes under way. None begins any more, so that one that a switch holds is not waited for. */
export const endWrites = (state: CaseState, because: string, refusal?: string): Promise<void> =>
  CancellationScope.nonCancellable(async () => {
    if (state.writing.size === 0) return;
    const { caseId, process } = state;
    await state.local(
      'planCompensation',
      process,
      'Close the writes',
    )({ caseId, process, because, refusal, atMost: 0 });
    await Promise.allSettled(state.writing.values());
  });

/** So many writes are planned in one step: more could be longer than what a step may answer. */
const atOnce = 200;

/** Everything that stands on record, newest first. Cannot be cancelled. */
export const compensateAll = (state: CaseState, because: string, refusal?: string): Promise<void> =>
  CancellationScope.nonCancellable(async () => {
    const { caseId, process } = state;
    state.at('compensate');
    const plan = state.local('planCompensation', process, 'Plan the compensation');
    for (let planned = atOnce; planned === atOnce;) {
      const intents = await plan({ caseId, process, because, refusal, atMost: atOnce });
      for (const intent of intents) {
        const call = state.local('compensateAction', intent.action, `Compensate ${intent.action}`);
        await call({ ...intent, caseId, process, because });
      }
      planned = intents.length;
    }
  });

function compensateOne(state: CaseState, name: string, because: string, which?: { of: string }): Promise<Undone> {
  return CancellationScope.nonCancellable(async () => {
    await Promise.allSettled([state.writing.get(which ? `${name}:${which.of}` : name)]);
    state.at(`compensate ${name}`);
    const step = state.step(`${name}/compensation`, which?.of);
    const call = state.local('compensateNewest', name, `Compensate ${name}`);
    const became: Undone | undefined = await call({ ...step, name, ...which, because });
    return became ?? 'compensated'; // in older histories it answers nothing
  });
}

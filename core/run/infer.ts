import { isCancellation, rootCause, TemporalFailure } from '@temporalio/workflow';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';

/** Asks a model; without a usable answer the declared fallback stands, not confident. */
export const infer = (state: CaseState) =>
  byName((name) => async (given: unknown) => {
    const step = state.step(name);
    state.at(`infer ${name}`);
    try {
      return await state.models('runInference', name, `Ask the model: ${name}`)({ ...step, given });
    } catch (error) {
      if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
      const because = rootCause(error) ?? String(error);
      return state.local('fallBack', name, `Fall back: ${name}`)({ ...step, given, because });
    }
  });

import { ApplicationFailure } from '@temporalio/workflow';
import type { CaseState } from './case-state.ts';
import { decisionOn } from './decision.ts';

/** Reads the wanted sources. While one of them breaks its contract, its owner is asked and the case waits. */
export const assemble = (state: CaseState) => async (wanted: Record<string, unknown>) => {
  const names = Object.keys(wanted).join(', ');
  const step = state.step('assemble');
  state.at(`assemble ${names}`);
  const call = state.local('assembleContext', state.process, `Read ${names}`);
  for (let round = 1; ; round++) {
    const read = await call({ ...step, wanted, round });
    if ('context' in read) return read.context;
    const { handoffId } = read.breach;
    state.at('wait for data');
    const repair = { ...step, name: 'repair', key: handoffId };
    // The read opened it: who answered before the case began to listen is found in the store alone.
    const look = state.local('turnHandoff', repair.name, 'Look at repair');
    const answer = await decisionOn(state, repair, () => look(repair));
    if (answer.verdict !== 'approved') {
      throw ApplicationFailure.nonRetryable(`The data cannot be had: ${answer.because}`, 'data-contract-breach');
    }
  }
};

import {
  CancellationScope,
  isCancellation,
  rootCause,
  setWorkflowOptions,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import { undecodableIn } from '../../temporal/undecodable.ts';
import type { ProcessDefinition } from '../declare/definition.ts';
import type { RequestOf } from '../declare/types-of.ts';
import type { Opened } from './activities.ts';
import { refusalIn } from './calls.ts';
import { caseState, type CaseState } from './case-state.ts';
import { clockFrom } from './clock.ts';
import { compensateAll, endWrites } from './compensate.ts';
import { type Room, usualRoom } from './history-limit.ts';
import { stepsOf } from './steps-of.ts';
import type { Case, Conclusion, ConclusionOf, Steps } from './steps.ts';

interface Options {
  room?: Room;
}

/** What a process declares of its longest life is said here again: declarations are not read in workflows. */
type OptionsOf<D> = D extends { longestLife: infer Life extends string }
  ? [options: Options & { longestLife: Life }]
  : [options?: Options & { longestLife?: undefined }];

/** A process as a Temporal workflow, written in the verbs. A failure or a cancel compensates what was done. */
export function defineWorkflow<D extends ProcessDefinition>(
  name: D['name'],
  run: (request: RequestOf<D>, steps: Steps<D>, itself: Case) => Promise<ConclusionOf<D>>,
  ...[options]: OptionsOf<D>
) {
  const { room = usualRoom, longestLife } = (options ?? {}) as Options & { longestLife?: string | undefined };
  const workflow = async (given: unknown): Promise<ConclusionOf<D>> => {
    const state = caseState(name, room);
    const { request, limits = noLimits, ...opened } = await open(state, given);
    const clock = clockFrom(opened);
    const { requestedBy, openedAt } = opened;
    const itself: Case = { caseId: state.caseId, requestedBy, openedAt, ...clock };
    try {
      const steps = stepsOf(state, clock, limits) as unknown as Steps<D>;
      return await close(state, await run(request as RequestOf<D>, steps, itself));
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error; // a bug of ours parks the case; it compensates nothing
      const because = rootCause(error) ?? String(error);
      const refusal = refusalIn(error)?.type ?? undefined;
      await endWrites(state, because, refusal);
      await compensateAll(state, because, refusal);
      if (isTooLong(error)) await leaveToOwner(state, because);
      const outcome = isCancellation(error) || isCancelRequested(error) ? 'cancelled' : 'failed';
      const closed = await close<ConclusionOf<D>>(state, { outcome, result: { because } } as never);
      if (closed.outcome !== outcome) return closed; // it had concluded before: too late to cancel
      throw error;
    }
  };
  if (longestLife !== undefined) setWorkflowOptions({ versioningBehavior: 'PINNED' }, workflow);
  return workflow;
}

const noLimits = { rounds: {}, reminders: {}, askedAgain: {} };

/** It would go on and on: its process's owner is asked. */
const isTooLong = (error: unknown): boolean => {
  const type = refusalIn(error)?.type;
  return type === 'history-limit' || type === 'rounds-exceeded';
};

const leaveToOwner = ({ caseId, process, local }: CaseState, because: string): Promise<void> => {
  const call = local('leaveToOwner', process, `Leave it to the owner of ${process}`);
  return CancellationScope.nonCancellable(() => call({ caseId, process, because }));
};

/** A write was refused since the cancellation was stored and is on its way here. */
const isCancelRequested = (error: unknown): boolean => refusalIn(error)?.type === 'cancel-requested';

/** One case per business key, its request held to its contract. What is refused here is no case: nothing is closed or compensated. */
function open({ caseId, process, local }: CaseState, request: unknown): Promise<Opened> {
  const undecodable = undecodableIn(request);
  if (undecodable !== undefined) throw new Error(`The request cannot be decoded: ${undecodable}`); // a key is missing: the case waits for it
  const { firstExecutionRunId: runId, memo } = workflowInfo();
  const requestedBy = memo?.['requestedBy'];
  const opening = { caseId, process, runId, request, ...(typeof requestedBy === 'string' ? { requestedBy } : {}) };
  return CancellationScope.nonCancellable(() => local('openCase', process, `Open ${process} case`)(opening));
}

async function close<C extends Conclusion>(state: CaseState, conclusion: C): Promise<C> {
  const { caseId, process } = state;
  const call = state.local('closeCase', process, `Close as ${conclusion.outcome}`);
  const closed = await CancellationScope.nonCancellable(() => call({ caseId, process, ...conclusion }));
  state.closedAs(closed.outcome);
  return closed as C;
}

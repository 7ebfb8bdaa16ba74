import { CancellationScope, isCancellation, rootCause, TemporalFailure, workflowInfo } from '@temporalio/workflow';
import type { z } from 'zod';
import type { Ahead, Opened } from './activities.ts';
import { near } from './calls.ts';
import { type CaseRun, runOf } from './case-run.ts';
import type { ProcessDefinition } from './define.ts';
import type { Case, Conclusion, ConclusionOf, Steps } from './steps.ts';

/**
 * A process as a workflow: `run` tells its story in the verbs; a failure or a cancel takes back what was done. Opening the
 * case tells the story ahead, outside the workflow, as far as it goes by itself.
 */
export function process<D extends ProcessDefinition>(
  name: D['name'],
  run: (request: z.output<D['request']>, steps: Steps<D>, itself: Case) => Promise<ConclusionOf<D>>,
) {
  const workflow = async (given: z.input<D['request']>): Promise<ConclusionOf<D>> => {
    const theCase = runOf(name);
    const opening = await register(name, given);
    const itself = theCase.opened(opening);
    try {
      const request = opening.request as z.output<D['request']>;
      const conclusion = await run(request, theCase.steps as unknown as Steps<D>, itself);
      theCase.ending();
      return await close(theCase, name, conclusion, opening.ahead?.closed);
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error; // a bug of ours parks the case; it takes nothing back
      const because = rootCause(error) ?? String(error);
      await CancellationScope.nonCancellable(theCase.settled);
      await theCase.steps.compensate(because);
      const outcome = isCancellation(error) ? 'cancelled' : 'failed';
      const closed = await close<ConclusionOf<D>>(theCase, name, { outcome, result: { because } } as never);
      if (closed.outcome !== outcome) return closed; // it had concluded before: too late to cancel
      throw error;
    }
  };
  return Object.assign(workflow, { story: run });
}

/** One case per business key, its request held to its contract. What is refused here is no case: nothing is closed or undone. */
function register(process: string, request: unknown): Promise<Opened> {
  const { workflowId: caseId, firstExecutionRunId: runId, memo } = workflowInfo();
  const requestedBy = memo?.['requestedBy'];
  const opening = { caseId, process, runId, request, ...(typeof requestedBy === 'string' ? { requestedBy } : {}) };
  return CancellationScope.nonCancellable(() => near('openCase', process, `Open ${process} case`)(opening));
}

async function close<C extends Conclusion>(
  theCase: CaseRun,
  process: string,
  conclusion: C,
  before?: Ahead['closed'],
): Promise<C> {
  const { workflowId: caseId } = workflowInfo();
  const closing = () =>
    near('closeCase', process, `Close as ${conclusion.outcome}`)({ caseId, process, ...conclusion });
  const closed = before ?? (await CancellationScope.nonCancellable(closing));
  theCase.closedAs(closed.outcome);
  return closed as C;
}

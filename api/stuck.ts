import { placeOfFault } from '../environment/fault.ts';
import { addStuck, endStuck, listStuck } from '../store/stuck.ts';
import { type Failing, lastProblem, type Look, type Problem } from '../temporal/runs.ts';
import { searchIndex } from '../temporal/search-index.ts';
import type { Deps } from './deps.ts';

type Watched = Pick<Deps, 'pool' | 'temporal' | 'taskQueue' | 'report'>;

/** The cases that are noted as stuck, and those whose code fails by what the search index says; a server that does not say so has none. */
export async function suspectedStuck({ pool, temporal, taskQueue }: Omit<Watched, 'report'>): Promise<string[]> {
  const failing = temporal.within(10_000, async (client) => {
    const found: string[] = [];
    for await (const { workflowId } of searchIndex(client, taskQueue).withProblems()) found.push(workflowId);
    return found;
  });
  const noted = (await listStuck(pool)).map(({ caseId }) => caseId);
  return [...new Set([...noted, ...(await failing.catch(() => []))])];
}

/** Notes of the cases that were looked at which are stopped by a bug of ours, and says so once; and which go on. */
export async function noteStuck(deps: Watched, looks: ReadonlyMap<string, Look>): Promise<void> {
  const { pool, report } = deps;
  const noted = new Map((await listStuck(pool, [...looks.keys()])).map(({ caseId, step }) => [caseId, step]));
  const over: string[] = [];
  for (const [caseId, look] of looks) {
    const failing = look.state === 'running' ? look.failing : [];
    const itself = failing.find(({ step }) => step === null);
    if (itself) await note(deps, caseId, itself);
    else if (noted.has(caseId) && !failing.some(({ step }) => step === noted.get(caseId))) over.push(caseId);
  }
  await endStuck(pool, over);
  for (const caseId of over) report('watch: it is not stuck any more', { case: caseId });
}

/** The workflow's own code fails. What its activities fail of, the workers note. */
async function note({ pool, temporal, report }: Watched, caseId: string, { since, step }: Failing): Promise<void> {
  const problem = await temporal.within(5_000, (client) => lastProblem(client, caseId));
  if (!problem) return;
  const error = placeOf(problem);
  if (await addStuck(pool, { caseId, since, error, step }))
    report(`watch: it is stuck by a bug, see docs/operations.md: ${error}`, { case: caseId });
}

/** Temporal hands on no name of an error: it stands in the stack, before the message, where the code threw it. */
function placeOf({ cause, error }: Problem): string {
  const { message = '', stack = '' } = error ?? {};
  const [, name = cause] = /(\w+)$/.exec(stack.slice(0, Math.max(0, stack.indexOf(`: ${message}`)))) ?? [];
  return placeOfFault(Object.assign(new Error(message), { name, stack }));
}

import { z } from 'zod';
import type { Action } from '../../core/declare/define.ts';
import { findDeclaredAction } from '../../core/declare/find.ts';
import { type Finding, findings, mayBeFound, type TaskKind } from '../../core/declare/tasks.ts';
import { text } from '../../core/declare/values.ts';
import { findAction, landsForMs, type StoredAction } from '../../store/actions.ts';
import { complete } from '../../store/completions.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { findOpenedBy } from '../../store/inbox.ts';
import type { Db } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import { actOnFinding } from '../act-on-finding.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { type FieldError, fieldErrors, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { Because, common, refusals, show, Version, withOpen } from './decisions.ts';

/** In bytes, as JSON. */
const longestResult = 16 * 1024;

const Body = z.strictObject({
  found: z.enum(findings).describe('What you found: one of what the packet lists as `mayFind`'),
  reference: text(200)
    .min(1)
    .optional()
    .describe(
      'What the system calls what you found. Of a write that was applied it fills the field that its action names',
    ),
  result: z
    .record(z.string(), z.unknown())
    .refine((given) => Buffer.byteLength(JSON.stringify(given)) <= longestResult, 'must be at most 16 KiB as JSON')
    .optional()
    .describe(
      'What the write should have answered, where that is more: only of one found `applied` or `sent`, at most 16 KiB',
    ),
  because: Because.min(1),
  version: Version.optional(),
});
type Said = z.output<typeof Body>;

export const completion = route({
  ...common,
  path: '/handoffs/{handoffId}/completion',
  summary: 'Complete a task with what you found; the first completion stands, and its case goes on from it',
  body: Body,
  problems: [...refusals, 'completion-invalid', 'write-under-way'],
  async answer(call, deps) {
    const { body: said, caller } = call;
    const { signal, ...answer } = await withOpen(call, deps, 'task', async (db, task, authority) => {
      const completion = { ...said, result: await resultOf(db, deps, task, said), ...authority };
      await complete(db, task, completion);
      const goesOn = await actOnFinding(db, deps.definitions, task, completion);
      const body = { handoffId: task.id, verdict: said.found, by: caller.person };
      const signal = goesOn ? await addSignal(db, task.caseId, { signal: 'decided', body }) : undefined;
      return { signal, ...(await show(db, deps, task)) };
    });
    if (signal) await tryNow(deps.temporal, (ms) => deliverSignal(deps, signal, ms));
    return answer;
  },
});

const invalid = (...errors: FieldError[]) => new Problem('completion-invalid', '', { errors });

/** After these the write counts as done, so that it has a result. */
const asDone: readonly Finding[] = ['applied', 'sent'];

/** What the write is taken to have answered. Throws `Problem` `completion-invalid`. */
async function resultOf(db: Db, { definitions }: Deps, { name, stepKey }: StoredHandoff, said: Said): Promise<unknown> {
  const written = await findAction(db, stepKey ?? '');
  const seconds = Math.ceil((written ? landsForMs(written) : 0) / 1_000);
  if (seconds > 0) throw new Problem('write-under-way', '', { headers: { 'retry-after': String(seconds) } });
  const declared = written && findDeclaredAction(definitions, written);
  const irreversible = declared?.irreversible !== undefined;
  const may = mayBeFound(name as TaskKind, written && { state: written.state, irreversible });
  if (!may.includes(said.found)) throw invalid({ field: '/found', message: `must be one of ${may.join(', ')}` });
  if (!written || !declared || !asDone.includes(said.found)) return refused(said);
  if (irreversible && said.result === undefined) return undefined;
  const result = held(declared, said);
  return written.operation === 'cases.open' ? opened(db, written, result) : result;
}

function refused({ result }: Said): undefined {
  if (result !== undefined) throw invalid({ field: '/result', message: 'nothing asks for it here: leave it out' });
}

/** The result held to what the action declares that it answers. */
function held({ output, reference: field }: Action, { reference, result }: Said): unknown {
  const filled = { ...(field !== undefined && reference !== undefined ? { [field]: reference } : {}), ...result };
  const read = output.strict().safeParse(filled);
  if (read.success) return read.data;
  if (result === undefined && field !== undefined && reference === undefined)
    throw invalid({ field: '/reference', message: `is missing: the ${field} of what was applied` });
  if (result === undefined) {
    const fields = Object.keys(output.shape).join(', ');
    throw invalid({ field: '/result', message: `is missing: what the write should have answered (${fields})` });
  }
  const issues = read.error.issues.map((issue) => ({ ...issue, path: ['result', ...issue.path] }));
  throw invalid(...fieldErrors({ issues }));
}

/** The case that a write opened is in the store, and was opened by it: no other case would say how it ended. */
async function opened(db: Db, { key }: StoredAction, result: unknown): Promise<unknown> {
  const { caseId } = result as { caseId?: unknown };
  if ((await findOpenedBy(db, key))?.caseId === caseId) return result;
  throw invalid({ field: '/result/caseId', message: 'is no case that this write opened' });
}

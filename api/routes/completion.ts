import { z } from 'zod';
import type { Action } from '../../core/declare/define.ts';
import { findings, type TaskKind, taskKinds } from '../../core/declare/tasks.ts';
import { text } from '../../core/declare/values.ts';
import { findAction } from '../../store/actions.ts';
import { complete } from '../../store/completions.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import type { Db } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import { actOnFinding } from '../act-on-finding.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { Because, common, refusals, show, Version, withOpen } from './decisions.ts';

const Body = z.strictObject({
  found: z.enum(findings).describe('What you found: one of what the packet lists as `mayFind`'),
  reference: text(200)
    .min(1)
    .optional()
    .describe('What the system calls what you found. Fills the only text that the write should have answered'),
  result: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What the write should have answered, where it is more'),
  because: Because.min(1),
  version: Version.optional(),
});
type Said = z.output<typeof Body>;

export const completion = route({
  ...common,
  path: '/handoffs/{handoffId}/completion',
  summary: 'Complete a task with what you found; the first completion stands, and its case goes on from it',
  body: Body,
  problems: [...refusals, 'completion-invalid'],
  async answer(call, deps) {
    const { body: said, caller } = call;
    const { signal, ...answer } = await withOpen(call, deps, 'task', async (db, task, role) => {
      const completion = { ...said, result: await resultOf(db, deps, task, said), by: caller.person, role };
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

const invalid = (...errors: { field: string; message: string }[]) => new Problem('completion-invalid', '', { errors });

/** What the write is taken to have answered. Throws `Problem` `completion-invalid`. */
async function resultOf(db: Db, deps: Deps, { name, stepKey }: StoredHandoff, said: Said): Promise<unknown> {
  const { found: may } = taskKinds[name as TaskKind];
  if (!(may as readonly string[]).includes(said.found))
    throw invalid({ field: '/found', message: `must be one of ${may.join(', ')}` });
  if (said.found !== 'applied') return said.result;
  const written = await findAction(db, stepKey ?? '');
  const declared = written && deps.definitions[written.process]?.actions[written.action];
  return declared && declared.irreversible === undefined ? held(declared, said) : said.result;
}

/** The result held to what the action declares that it answers. */
function held({ output }: Action, { reference, result }: Said): unknown {
  const only = onlyText(output);
  const filled = { ...(only !== undefined && reference !== undefined ? { [only]: reference } : {}), ...result };
  const read = output.safeParse(filled);
  if (read.success) return read.data;
  if (only !== undefined && reference === undefined && result === undefined)
    throw invalid({ field: '/reference', message: `is missing: the ${only} of what was applied` });
  const issues = read.error.issues.map((issue) => ({ ...issue, path: ['result', ...issue.path] }));
  throw invalid(...fieldErrors({ issues }));
}

/** The field of an answer that must be there, where it is one alone and a text. */
function onlyText(output: Action['output']): string | undefined {
  const required = Object.entries(output.shape).filter(([, field]) => !z.safeParse(field, undefined).success);
  const [only] = required;
  return only && required.length === 1 && z.safeParse(only[1], 'a text').success ? only[0] : undefined;
}

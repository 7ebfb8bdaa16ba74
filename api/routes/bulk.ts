import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { placeOfFault } from '../../environment/fault.ts';
import type { Deps } from '../deps.ts';
import { toProblem } from '../refuse.ts';
import { type Answer, route } from '../route.ts';
import { assign, Assigning, whoAssigns } from './assignments.ts';
import { hold } from './decisions.ts';

const Ids = z
  .array(text(2_000).min(1))
  .min(1)
  .max(200)
  .refine((ids) => new Set(ids).size === ids.length, 'must name each once');

const Results = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      done: z.boolean(),
      code: z.string().optional().describe('Why not: the code that the single call would have answered with'),
      detail: z.string().optional(),
    }),
  ),
});

const answers = { 200: { description: 'What became of each, in the order they were named', schema: Results } };

export const claims = route({
  method: 'post',
  path: '/handoffs/claims',
  summary: 'Take several: each for itself, so that one which is refused keeps you from no other',
  who: ['queue'],
  body: z.strictObject({ ids: Ids }),
  answers,
  problems: [],
  answer: ({ caller, body }, deps) => each(deps, body.ids, (id) => hold(caller, deps, id, {}, true)),
});

export const assignments = route({
  method: 'post',
  path: '/handoffs/assignments',
  summary: 'Give several to somebody: each for itself, so that one which is refused keeps you from no other',
  who: whoAssigns,
  body: Assigning.extend({ ids: Ids }),
  answers,
  problems: [],
  answer: ({ caller, body: { ids, ...given } }, deps) => each(deps, ids, (id) => assign(caller, deps, id, given)),
});

async function each(deps: Deps, ids: readonly string[], take: (id: string) => Promise<unknown>): Promise<Answer> {
  const results: z.output<typeof Results>['results'] = [];
  for (const id of ids) {
    results.push(
      await take(id).then(
        () => ({ id, done: true }),
        (error: unknown) => refused(deps, id, error),
      ),
    );
  }
  return { status: 200, body: { results } };
}

function refused({ report }: Deps, id: string, error: unknown) {
  const { code, detail: why, errors = [] } = toProblem(error).toJSON();
  if (code === 'internal') report(`api: one of several ${placeOfFault(error)}`);
  const detail = [why, ...errors.map((one) => `${one.field} ${one.message}`)].filter(Boolean).join(': ');
  return { id, done: false, code, ...(detail ? { detail } : {}) };
}

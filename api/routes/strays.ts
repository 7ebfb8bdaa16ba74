import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { listStrays, settleStrays } from '../../store/reconciliation.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { route } from '../route.ts';

const Keys = z.array(text(2_000).min(1));

const Strays = z.object({
  strays: z.array(
    z.object({
      key: z.string().describe('The key of the effect, or the id of the workflow'),
      caseId: z.string(),
      because: z.string(),
      detail: z.unknown(),
      foundAt: z.iso.datetime(),
      settledAt: z.iso.datetime().nullable().describe('When an administrator said what became of it'),
      settledBy: z.string().nullable(),
      settledBecause: z.string().nullable(),
    }),
  ),
  next: z.string().optional().describe('Pass as `before`'),
});

const Wanted = z
  .strictObject({
    settled: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).default(false),
    before: placeIn('strays').optional(),
    limit: Limit,
  })
  .refine(({ settled, before }) => before === undefined || before.closed === settled, {
    path: ['before'],
    error: 'must be the `next` of a page of this list',
  });

export const list = route({
  method: 'get',
  path: '/strays',
  summary: 'Effects and workflows of ours that belong to no case in the store, as reconciliation found them',
  who: ['auditor', 'admin'],
  query: Wanted,
  answers: {
    200: { description: 'Those found first come first; of those that were settled, the newest', schema: Strays },
  },
  problems: [],
  async answer({ query: { settled, before, limit } }, { pool }) {
    const found = await listStrays(pool, { settled, after: before, limit });
    const strays = found.map(({ cursor: _place, foundAt, settledAt, ...one }) => ({
      ...one,
      foundAt: foundAt.toISOString(),
      settledAt: settledAt && settledAt.toISOString(),
    }));
    return { status: 200, body: { strays, ...nextOf('strays', found, limit) } };
  },
});

export const settle = route({
  method: 'post',
  path: '/strays/settling',
  summary: 'Say what became of strays: they leave the list',
  who: ['admin'],
  body: z.strictObject({ strays: Keys.min(1).max(100), because: text(2_000).min(1) }),
  answers: {
    200: { description: 'Which left the list; the others were not on it', schema: z.object({ settled: Keys }) },
  },
  problems: [],
  async answer({ caller, body: { strays, because } }, { pool }) {
    return { status: 200, body: { settled: await settleStrays(pool, strays, caller.person, because) } };
  },
});

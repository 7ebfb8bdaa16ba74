import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { listStrays, settleStrays } from '../../store/reconciliation.ts';
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
    }),
  ),
});

export const list = route({
  method: 'get',
  path: '/strays',
  summary:
    'Effects and workflows of ours that belong to no case in the store, as reconciliation found them; the first 1,000',
  who: ['auditor', 'admin'],
  answers: { 200: { description: 'Those found first come first', schema: Strays } },
  problems: [],
  async answer(_call, { pool }) {
    const found = await listStrays(pool, 1_000);
    return { status: 200, body: { strays: found.map((one) => ({ ...one, foundAt: one.foundAt.toISOString() })) } };
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

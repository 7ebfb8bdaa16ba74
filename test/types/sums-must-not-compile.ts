/** What the types of sums must refuse: `npm run types` fails where one begins to compile. Never run. */
import { z } from 'zod';
import { defineProcess, policy } from '../../core/declare/define.ts';
import type { FactsOf } from '../../core/declare/types-of.ts';

const facts = z.strictObject({ late: z.boolean(), total: z.int() });
const ruled = { on: 'spend', verdicts: ['allow', 'review'], facts, table: {}, countedOn: ['allow'] } as const;
const total = { of: 'amount', per: ['supplier'], within: '30 days' } as const;

// @ts-expect-error no fact of that name
policy({ ...ruled, sums: { grandTotal: total } });
// @ts-expect-error a fact that is no number
policy({ ...ruled, sums: { late: total } });
// @ts-expect-error a working day depends on a calendar
policy({ ...ruled, sums: { total: { ...total, within: '2 business days' } } });
// @ts-expect-error a verdict that is not the policy's
policy({ ...ruled, countedOn: ['approve'], sums: { total } });
// @ts-expect-error on which verdicts is it counted?
policy({ on: 'spend', verdicts: ['allow'], facts, table: {}, sums: { total } });

const plain = {
  ...{ name: 'x', owner: 'o', request: z.object({ id: z.string() }), outcomes: {}, context: {} },
  key: ['id'],
  ...{ inferences: {}, handoffs: {}, actions: {}, events: {} },
  terms: {
    spend: z.object({
      supplier: z.string(),
      amount: z.int(),
      urgent: z.boolean(),
      lines: z.array(z.object({ account: z.string(), amount: z.int() })),
    }),
  },
} as const;
const own = defineProcess({ ...plain, policies: { p: policy({ ...ruled, sums: { total } }) } });
const sumOf = <const O extends string, const P extends string>(of: O, per: P) =>
  policy({ ...ruled, sums: { total: { of, per: [per], within: '1 days' } } });
defineProcess({ ...plain, policies: { p: sumOf('lines.amount', 'account'), q: sumOf('lines.account', 'requester') } });
// @ts-expect-error a field that the terms do not hold
defineProcess({ ...plain, policies: { p: sumOf('price', 'supplier') } });
// @ts-expect-error a field that is neither number nor text
defineProcess({ ...plain, policies: { p: sumOf('urgent', 'supplier') } });
// @ts-expect-error a field that the lines do not hold
defineProcess({ ...plain, policies: { p: sumOf('lines.price', 'supplier') } });
// @ts-expect-error nobody's
defineProcess({ ...plain, policies: { p: sumOf('amount', 'vendor') } });
// @ts-expect-error a line's, of a sum that is of no lines
defineProcess({ ...plain, policies: { p: sumOf('amount', 'account') } });

export const given: FactsOf<typeof own, 'p'> = { late: false };
// @ts-expect-error a sum is given by nobody
export const told: FactsOf<typeof own, 'p'> = { late: false, total: 0 };

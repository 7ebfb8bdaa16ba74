import { z } from 'zod';
import { action, defineProcess, handoff, policy } from '../../core/declare/define.ts';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';

const Credit = z.strictObject({ orderId: Reference, amount: Cents, currency: Currency });
const turn = {
  on: 'spend',
  answerWithin: '4 hours',
  escalateTo: 'directors',
  expiresAfter: '3 days',
  requires: z.object({ why: z.string() }),
} as const;
const amends = { ...turn, mayAmend: ['amount'], ruledAgainBy: 'band' } as const;
const limitedBy = { amount: 'amount', currency: 'currency' } as const;

/** Money is spent with the yes of a buyer, of another one who checks, or of two of them. */
export const spend = defineProcess({
  name: 'spend',
  owner: 'finance',
  request: z.strictObject({ id: Reference, about: z.string().optional() }),
  key: ['id'],
  about: ['about'],
  terms: { spend: z.strictObject({ id: Reference, ...Credit.shape }) },
  outcomes: { done: z.strictObject({}) },
  context: {},
  inferences: {},
  policies: {
    band: policy({
      on: 'spend',
      verdicts: ['allow', 'review'],
      facts: z.strictObject({ amount: Cents }),
      table: {
        ...{ name: 'band', version: 1, hit: 'first', baseline: { amount: 50 } },
        rows: [
          { rule: 'small', when: { amount: '< 100' }, verdict: 'allow', example: {}, counter: { amount: 100 } },
          { rule: 'large', verdict: 'review', example: { amount: 100 } },
        ],
      },
    }),
  },
  handoffs: {
    review: handoff({ ...amends, owner: 'buyers', limitedBy, reasonFor: ['rejected', 'amended'] }),
    check: handoff({ ...turn, mayAmend: [], owner: 'buyers', notBy: ['review'] }),
    board: handoff({ ...amends, owner: 'buyers', limitedBy, approvals: 2 }),
  },
  actions: {
    credit: action({
      ...{ on: 'spend', does: 'ledger.postCreditNote', compensatedBy: 'ledger.reverseCreditNote' },
      ...{ input: Credit, output: z.object({ creditNoteId: z.string() }) },
    }),
  },
  events: {},
});

/** Others, who answer for nothing in the first. */
export const travel = defineProcess({
  ...{ name: 'travel', owner: 'travel-desk', request: z.strictObject({ id: Reference }), key: ['id'], terms: {} },
  ...{ outcomes: {}, context: {}, inferences: {}, policies: {}, handoffs: {}, actions: {}, events: {} },
});

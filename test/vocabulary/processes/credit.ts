import type { z } from 'zod';
import { approvedBy } from '../../../core/run/approval.ts';
import type { TermsOf } from '../../../core/declare/types-of.ts';
import type { Case, ConclusionOf, Steps } from '../../../core/run/steps.ts';
import type { purchase } from './definitions.ts';

export type Purchase = typeof purchase;
export type Request = z.output<Purchase['request']>;
export type Verbs = Steps<Purchase>;
export type Story = (request: Request, steps: Verbs, itself: Case) => Promise<ConclusionOf<Purchase>>;

export const packet = { why: 'it was asked for' };
export const creditOf = ({ orderId, amount, currency }: TermsOf<Purchase, 'purchase'>) => ({
  orderId,
  amount,
  currency,
});

export function termsOf({ id, amount }: Request): TermsOf<Purchase, 'purchase'> {
  const credit = { orderId: 'O-1', amount, currency: 'EUR' };
  return { id, ...credit, lines: ['a', 'b'].map((line) => ({ id: line, ...credit })) };
}

/** The approval of a small sum, anew each time: one is used once for one action. */
export async function allowed(request: Request, { check }: Pick<Verbs, 'check'>) {
  const ruling = await check.desk({ amount: request.amount }, termsOf(request));
  if (ruling.verdict !== 'allow') throw new Error('a small sum is allowed');
  return approvedBy(ruling);
}

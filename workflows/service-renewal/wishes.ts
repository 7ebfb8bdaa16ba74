import type { Request } from './types.ts';

/** What the customer wants beside the renewal itself; a wish that was refused is no longer there. */
export interface Wishes {
  discountPercent: number;
  approvedDiscountPercent: number;
  conditions: string | null;
}

export const wishesOf = (quote: Request['quote']): Wishes => ({
  discountPercent: quote?.requestedDiscountPercent ?? 0,
  approvedDiscountPercent: quote?.approvedDiscountPercent ?? 0,
  conditions: quote?.termsRequested ?? null,
});

/** A counter-proposal asks anew; what was approved before stays approved. */
export const countered = (
  { approvedDiscountPercent }: Wishes,
  { discountPercent, termsRequested }: { discountPercent: number; termsRequested: string | null },
): Wishes => ({ discountPercent, approvedDiscountPercent, conditions: termsRequested });

/** A wish that is refused does not refuse the renewal: what is left of it is offered. */
export const without = (wish: 'terms' | 'discount', wishes: Wishes): Wishes =>
  wish === 'terms' ? { ...wishes, conditions: null } : { ...wishes, discountPercent: wishes.approvedDiscountPercent };

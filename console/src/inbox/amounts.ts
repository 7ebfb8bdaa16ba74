import type { Handoff } from '../api/handoffs.ts';
import { type FieldsOf, isObject } from '../shared/schema.ts';

/** The amount that limits of authority are about, by currency; of a list, its lines' sum. */
export function amountsOf({ limitedBy, terms }: Handoff): { amount: number; currency: string }[] {
  if (!isObject(limitedBy) || !isObject(terms)) return [];
  const { each, amount, currency } = limitedBy as {
    each?: string[];
    amount: string;
    currency: string | { is: string };
  };
  const lines = each
    ? each.flatMap((list) => (Array.isArray(terms[list]) ? (terms[list] as FieldsOf[]) : []))
    : [terms];
  const sums = new Map<string, number>();
  for (const line of lines) {
    const unit = typeof currency === 'string' ? line[currency] : currency.is;
    const value = line[amount];
    if (typeof unit === 'string' && typeof value === 'number') sums.set(unit, (sums.get(unit) ?? 0) + value);
  }
  return [...sums].map(([unit, sum]) => ({ amount: sum, currency: unit }));
}

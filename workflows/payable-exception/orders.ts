import { canonicalOrderNumber } from './canonical.ts';
import type { Invoice } from './types.ts';

/** The orders that an invoice names, once each, as it writes them first: for the whole of it, or line by line. */
export function ordersOf({ poNumber, lines }: Invoice): string[] {
  const named = [poNumber, ...lines.map((line) => line.poNumber)].map((one) => one ?? '');
  const spellings = Map.groupBy(named, canonicalOrderNumber);
  spellings.delete('');
  return [...spellings.values()].map(([first]) => first!);
}

/** The order that can be matched: there is one. */
export function orderOf(invoice: Invoice): string | null {
  const [order, ...others] = ordersOf(invoice);
  return order !== undefined && others.length === 0 ? order : null;
}

import type { Sum } from '../core/declare/sums.ts';
import { digest } from '../store/digest.ts';
import { countedName, directoryName } from './canonical.ts';

/** What the terms of a case add to one sum, of one whose it is, in one currency. */
export interface Share {
  /** The name of the fact. */
  sum: string;
  within: string;
  /** The same for all cases that are counted together. */
  key: string;
  items: Item[];
}

export interface Item {
  /** A text that is counted once, however many cases hold it; of an amount, its place in its case. */
  item: string;
  /** Never below zero, so that a credit makes no room for a debit. */
  amount: number;
}

export interface Counting {
  process: string;
  caseId: string;
  requester: string;
  /** The name of the terms. */
  on: string;
}

type Values = Record<string, unknown>;

export const sharesOf = (sums: Readonly<Record<string, Sum>>, terms: Values, counting: Counting): Share[] =>
  Object.entries(sums).flatMap(([name, sum]) => sharesOfOne(name, sum, terms, counting));

function sharesOfOne(sum: string, { of, per, within }: Sum, terms: Values, counting: Counting): Share[] {
  const { process, caseId, requester, on } = counting;
  const [first = '', second] = of.split('.');
  const [lines, field] = second === undefined ? [[terms], first] : [terms[first] as Values[], second];
  const shares = new Map<string, Share>();
  for (const [n, line] of lines.entries()) {
    const whose = per.map((name) =>
      name === 'requester' ? directoryName(requester) : canonical(name in line ? line[name] : terms[name]),
    );
    const value = line[field];
    const isAmount = typeof value === 'number';
    const currency = isAmount ? (line['currency'] ?? terms['currency']) : undefined;
    const key = digest([process, on, of, per, whose, currency ?? null]);
    const share = shares.get(key) ?? { sum, within, key, items: [] };
    const item = isAmount
      ? { item: `${caseId}/${n}`, amount: Math.max(0, value) }
      : { item: JSON.stringify(canonical(value)), amount: 1 };
    if (!share.items.some((known) => known.item === item.item)) share.items.push(item);
    shares.set(key, share);
  }
  return [...shares.values()];
}

const canonical = (value: unknown) => (typeof value === 'string' ? countedName(value) : (value ?? null));

/** More would not fit the arithmetic of decision tables. */
const most = 1e15;

/** The facts: of each sum its largest total, with what other cases had, in the order of the shares. */
export function totalsOf(
  sums: Readonly<Record<string, Sum>>,
  shares: readonly Share[],
  elsewhere: readonly { amount: number }[],
): Record<string, number> {
  const totals = Object.fromEntries(Object.keys(sums).map((sum) => [sum, 0]));
  for (const [n, { sum, items }] of shares.entries()) {
    const total = items.reduce((all, { amount }) => all + amount, elsewhere[n]?.amount ?? 0);
    totals[sum] = Math.min(most, Math.max(totals[sum] ?? 0, total));
  }
  return totals;
}

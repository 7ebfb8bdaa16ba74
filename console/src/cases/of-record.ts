import type { RecordLine } from '../api/cases.ts';

/** The lines of a record as it was exported; one that is no JSON is passed over: verifying says so. */
export const linesOf = (text: string): RecordLine[] =>
  text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as RecordLine];
    } catch {
      return [];
    }
  });

interface Cost {
  currency: string;
  /** In millionths of the currency. */
  amount: number;
}

const isCost = (value: unknown): value is Cost => typeof value === 'object' && value !== null && 'amount' in value;

/** What the model cost, by currency. */
export function costOf(lines: readonly RecordLine[]): [currency: string, amount: number][] {
  const sums = new Map<string, number>();
  for (const { type, body } of lines) {
    const cost = type.startsWith('inference.') ? body?.['cost'] : undefined;
    if (isCost(cost)) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount / 1_000_000);
  }
  return [...sums];
}

/** A cost that may be a fraction of a cent. */
export const costInWords = ([currency, amount]: [string, number], language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, maximumSignificantDigits: 3 }).format(amount);

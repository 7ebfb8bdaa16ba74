import { noCurrency } from '../../../rules/currency.ts';
import type { Figure, Measure } from '../api/scorecard.ts';
import type { Language } from '../language/language.tsx';
import { money, number, percent } from '../shared/amounts.ts';
import { shortSpan, span } from '../shared/when.ts';

/** What a value is of. */
export interface Counted {
  unit: string;
  /** Of `money` and of `minor`. */
  currency?: string | undefined;
}

/** What the values of a figure are of, where that is not as its measure says. */
export const countedBy = ({ unit, currency }: Measure, figure: Figure): Counted => ({
  unit: figure.unit ?? unit,
  currency: figure.of['currency'] ?? currency,
});

/** A value in the reader's form. `money` comes in millionths of its currency, `minor` in the smallest unit of it. */
export function shownValue(value: number | string | null, { unit, currency }: Counted, language: Language): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (unit === 'ms') return span(value, language, 'short');
  if (unit === 'share') return percent(value, language, 1);
  if (unit === 'score') return number(value, language, 3);
  if (unit === 'minor')
    return currency === undefined || currency === noCurrency
      ? number(value / 100, language, 2)
      : money(value, currency, language);
  if (unit !== 'money' || currency === undefined) return number(value, language, 1);
  const amount = value / 1_000_000;
  const digits = Math.abs(amount) < 1 ? 4 : 2;
  return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: digits }).format(amount);
}

/** The same, short enough for an axis. */
export const onAxis = (value: number, counted: Counted, language: Language): string =>
  counted.unit === 'ms' ? shortSpan(value, language) : shownValue(value, counted, language);

/** The figures of the whole period come first, one for each `of`; those of buckets follow. */
export function wholeOf({ figures }: Measure): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ of }) => {
    const key = JSON.stringify(of);
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether nothing at all was counted. */
export const isEmpty = (measure: Measure): boolean => wholeOf(measure).every(({ count }) => count === 0);

/** The one figure of a measure without labels. */
export const only = (measure: Measure | undefined): Figure | undefined => measure && wholeOf(measure)[0];

/** Of a measure without labels, a value for each bucket. */
export const overTime = (measure: Measure): { from: string; value: number | null }[] =>
  measure.figures.slice(1).map(({ from, value }) => ({ from, value }));

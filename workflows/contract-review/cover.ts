import type { Facts, Item } from './types.ts';

/** What a cover page may say, each of it in one line. */
export const coverItems = [
  'governing-law',
  'general-cap',
  'subscription-period',
  'non-renewal-notice',
  'fees',
] as const satisfies Item[];

interface Asked {
  annualValue: number;
  currency: string;
}

/** The facts about one item, from the words that were quoted of the draft; none: it was not stated. */
export function coverFacts(form: string, item: Item, quote: string | undefined, asked: Asked): Facts<'coverPage'> {
  const { annualValue } = asked;
  const unread = { form, item, annualValue, stated: quote !== undefined, readable: false, law: '', amount: 0 };
  if (quote === undefined) return unread;
  const value = valueIn(quote);
  if (item === 'governing-law') return { ...unread, readable: value !== '', law: value };
  const amount = readers[item](value, asked);
  return amount === undefined ? unread : { ...unread, readable: true, amount };
}

/** What stands after the label. */
export const valueIn = (line: string): string => line.slice(line.indexOf(':') + 1).trim();

/** Whether two wordings of one line say the same, but for case, blanks and the label. */
export const saysTheSame = (quote: string, said: string): boolean =>
  [plain(valueIn(quote)), plain(quote)].includes(plain(said));

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

const readers: Record<Exclude<Item, 'governing-law'>, (value: string, asked: Asked) => number | undefined> = {
  'general-cap': (value) => (/\bfees\b/i.test(value) ? spanIn(value, months) : undefined),
  'subscription-period': (value) => spanIn(value, months),
  'non-renewal-notice': (value) => spanIn(value, days),
  fees: (value, { annualValue, currency }) => {
    const [, named, number, year] =
      /^([A-Z]{3})\s*([\d,]+(?:\.\d{1,2})?)\s*(?:per|a|\/)\s*(year|annum)\b/.exec(value) ?? [];
    if (!number || !year || named !== currency) return undefined;
    return Math.abs(Math.round(Number(number.replaceAll(',', '')) * 100) - annualValue);
  },
};

const months = { month: 1, year: 12 };
const days = { day: 1, week: 7, month: 31 };

/** A line that names one span; of several nobody can say which is meant. */
function spanIn(value: string, units: Record<string, number>): number | undefined {
  const found = [...value.matchAll(/(\d+)[\s-]*(day|week|month|year)s?\b/gi)];
  const [, number, unit] = found.length === 1 ? found[0]! : [];
  const size = units[unit?.toLowerCase() ?? ''];
  return size === undefined || Number(number) > 10_000 ? undefined : Number(number) * size;
}

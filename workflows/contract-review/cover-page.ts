import { smallestUnits } from '../../rules/currency.ts';
import type { Facts, Item } from './types.ts';

/** What a cover page must say, each of it in one line. */
export const requiredItems = [
  'provider',
  'customer',
  'governing-law',
  'general-cap',
  'subscription-period',
  'non-renewal-notice',
  'fees',
] as const satisfies Item[];

/** The fields of a cover page as they are labelled there, in lower case. */
export const coverLabels: Readonly<Record<string, Item>> = {
  provider: 'provider',
  customer: 'customer',
  'effective date': 'effective-date',
  purpose: 'purpose',
  'mnda term': 'mnda-term',
  'subscription period': 'subscription-period',
  'subscription term': 'subscription-period',
  'non-renewal notice date': 'non-renewal-notice',
  'non-renewal notice': 'non-renewal-notice',
  fees: 'fees',
  'general cap amount': 'general-cap',
  'general cap': 'general-cap',
  'governing law': 'governing-law',
  'chosen courts': 'chosen-courts',
};

/** What a cover page is held against. */
export interface Asked {
  annualValue: number;
  currency: string;
  counterparty: string;
  /** YYYY-MM-DD */
  today: string;
  /** What it says of the governing law. */
  law: string;
}

/** The facts about one item, from what the cover page says of it; nothing: it was not stated. */
export function coverFacts(form: string, item: Item, says: string | undefined, asked: Asked): Facts<'coverPage'> {
  const facts = {
    ...{ form, item, annualValue: asked.annualValue, stated: says !== undefined, readable: false },
    ...{ law: '', says: says ?? '', agrees: false, amount: 0 },
  };
  if (says === undefined) return facts;
  const read = readers[item](says, asked);
  return read ? { ...facts, ...read, readable: true } : facts;
}

/** What stands after the label. */
export const valueIn = (line: string): string => line.slice(line.indexOf(':') + 1).trim();

/** Whether two wordings of one line say the same, but for case, blanks and the label. */
export const saysTheSame = (quote: string, said: string): boolean =>
  [same(valueIn(quote)), same(quote)].includes(same(said));

const same = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[ \t\n\u00a0]+/g, ' ')
    .replaceAll(/^ | $/g, '');

type Reader = (
  says: string,
  asked: Asked,
) => Partial<Pick<Facts<'coverPage'>, 'law' | 'agrees' | 'amount'>> | undefined;

const months = { month: 1, year: 12 };
const days = { day: 1, week: 7, month: 31 };

/** A line is read whole or not at all: what a rule does not know the meaning of is for a person. */
const readers: Record<Item, Reader> = {
  'governing-law': (says) => ({ law: says }),
  'general-cap': (says) =>
    span(
      /^fees (?:(?:paid|payable|paid or payable) )?(?:in|of|for) (?:the )?(?:last )?(.*?)(?: before the claim)?$/i,
      says,
      months,
    ),
  'subscription-period': (says) => span(/^(.*)$/, says, months),
  'non-renewal-notice': (says) => span(/^(.*?)(?: before the end(?: of the subscription period)?)?$/i, says, days),
  fees: (says, { annualValue, currency }) => {
    const [, named, number] =
      /^([A-Z]{3}) ?(\d{1,11}(?:\.\d{1,2})?|\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?) ?(?:per|a|\/) ?(?:year|annum)$/.exec(
        says,
      ) ?? [];
    if (!number || named !== currency) return undefined;
    return { amount: Math.abs(smallestUnits(Number(number.replaceAll(',', '')), currency) - annualValue) };
  },
  provider: (says, { counterparty }) => ({ agrees: same(says) === same(counterparty) }),
  customer: () => ({}),
  'effective-date': (says, { today }) => {
    const date = /^\d{4}-\d\d-\d\d$/.test(says) ? Date.parse(says) : NaN;
    return Number.isNaN(date) ? undefined : { amount: Math.abs(Math.round((date - Date.parse(today)) / 86_400_000)) };
  },
  'chosen-courts': (says, { law }) => ({ agrees: [law, `courts of ${law}`, `the courts of ${law}`].includes(says) }),
  purpose: () => ({}),
  'mnda-term': (says) => span(/^(.*)$/, says, months),
};

/** How long, where the line says it in one span and nothing else. */
function span(line: RegExp, says: string, units: Record<string, number>): { amount: number } | undefined {
  const [, number, unit] = /^(\d{1,5})[ -](day|week|month|year)s?$/i.exec(line.exec(says)?.[1] ?? '') ?? [];
  const size = units[unit?.toLowerCase() ?? ''];
  return size === undefined || Number(number) > 10_000 ? undefined : { amount: Number(number) * size };
}

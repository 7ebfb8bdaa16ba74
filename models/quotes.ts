import type { Place } from '../core/run/steps.ts';
import { placeOf, wordingsIn } from './wording.ts';

export const quotingRule = (fields: readonly string[]): string =>
  `\nEvery "quote" must stand word for word in ${fields.map((field) => `"${field}"`).join(' or ')} of the data.`;

/** What was taken out of an answer because it misquotes, and out of which of its lists (`standing`, `parts.lines`). */
export interface Dropped {
  list: string;
  entry: unknown;
}

/** The fields of `given` that an answer may quote, as one looks for quotes in them. */
export function quotesFrom(given: unknown, fields: readonly string[]) {
  const wordingOf = wordingsIn(textsOf(given, fields));

  /** Whether something that the answer holds under `quote` or `quotes` stands in none of these fields. */
  const misquotes = (answer: unknown): boolean => quotesIn(answer).some((quote) => wordingOf(quote) === undefined);

  /** The answer without the entries of its lists that misquote, and those entries. */
  function withoutMisquotes(answer: unknown): { answer: unknown; dropped: Dropped[] } {
    const dropped: Dropped[] = [];
    const kept = (value: unknown, list: string): unknown => {
      if (Array.isArray(value)) {
        const right = value.filter((entry: unknown) => {
          const wrong = typeof entry === 'object' && misquotes(entry);
          if (wrong) dropped.push({ list, entry });
          return !wrong;
        });
        return right.map((entry) => kept(entry, list));
      }
      return withParts(value, (part, name) => kept(part, list === '' ? name : `${list}.${name}`));
    };
    return { answer: kept(answer, ''), dropped };
  }

  /** The answer with each quote as it stands in its text; where that is longer than `fits` takes, as much of it as was quoted. */
  function asTheyStand<Answer>(answer: Answer, fits: (answer: unknown) => boolean): Answer {
    const own = withQuotes(answer, (quote) => wordingOf(quote) ?? quote);
    const asLong = (quote: string) =>
      (wordingOf(quote) ?? quote).slice(0, quote.length).replace(/[\ud800-\udbff]$/, '');
    return (fits(own) ? own : withQuotes(answer, asLong)) as Answer;
  }

  return { misquotes, withoutMisquotes, asTheyStand };
}

/** Where each quote first stands; `starts` says at which place of its text a field begins. */
export function placesOf(
  answer: unknown,
  given: unknown,
  fields: readonly string[],
  starts: Record<string, number>,
): Place[] {
  return [...new Set(quotesIn(answer))].flatMap((quote) => {
    for (const field of fields) {
      const at = textsOf(given, [field])
        .map((text) => placeOf(quote, text))
        .find((place) => place >= 0);
      if (at !== undefined) return [{ quote, at: at + (starts[field] ?? 0) }];
    }
    return [];
  });
}

const textsOf = (given: unknown, fields: readonly string[]): string[] =>
  fields.flatMap((field) => textsIn((given as Record<string, unknown>)[field]));

const isQuote = (name: string) => name === 'quote' || name === 'quotes';

const quotesIn = (value: unknown): string[] =>
  entriesOf(value).flatMap(([name, part]) => (isQuote(name) ? textsIn(part) : quotesIn(part)));

const withQuotes = (value: unknown, change: (quote: string) => string, quoted = false): unknown =>
  quoted && typeof value === 'string'
    ? change(value)
    : withParts(value, (part, name) => withQuotes(part, change, quoted || isQuote(name)));

/** The same list or object, with each of its parts changed. */
const withParts = (value: unknown, change: (part: unknown, name: string) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((part) => change(part, ''));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part, name)]));
};

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : entriesOf(value).flatMap(([, part]) => textsIn(part));

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

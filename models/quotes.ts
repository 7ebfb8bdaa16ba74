import type { Place } from '../core/run/steps.ts';

export const quotingRule = (fields: readonly string[]): string =>
  `\nEvery "quote" must stand word for word in ${fields.map((field) => `"${field}"`).join(' or ')} of the data.`;

/** Whether something that the answer holds under `quote` or `quotes` stands word for word in none of these fields. */
export function misquotes(answer: unknown, given: unknown, fields: readonly string[]): boolean {
  const texts = textsOf(given, fields);
  return quotesIn(answer).some((quote) => !stands(quote, texts));
}

/** The answer without the entries of its lists that misquote, and those entries. */
export function withoutMisquotes(answer: unknown, given: unknown, fields: readonly string[]) {
  const dropped: unknown[] = [];
  const kept = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const right = value.filter((entry) => {
        const wrong = typeof entry === 'object' && misquotes(entry, given, fields);
        if (wrong) dropped.push(entry);
        return !wrong;
      });
      return right.map(kept);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, kept(part)]));
  };
  return { answer: kept(answer), dropped };
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
      const text = textsOf(given, [field]).find((one) => one.includes(quote));
      if (text !== undefined) return [{ quote, at: text.indexOf(quote) + (starts[field] ?? 0) }];
    }
    return [];
  });
}

const stands = (quote: string, texts: readonly string[]) =>
  quote.trim() !== '' && texts.some((text) => text.includes(quote));

const textsOf = (given: unknown, fields: readonly string[]): string[] =>
  fields.flatMap((field) => textsIn((given as Record<string, unknown>)[field]));

const quotesIn = (value: unknown): string[] =>
  entriesOf(value).flatMap(([name, part]) => (name === 'quote' || name === 'quotes' ? textsIn(part) : quotesIn(part)));

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : entriesOf(value).flatMap(([, part]) => textsIn(part));

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

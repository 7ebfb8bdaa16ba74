export const quotingRule = (fields: readonly string[]): string =>
  `\nEvery "quote" must stand word for word in ${fields.map((field) => `"${field}"`).join(' or ')} of the data.`;

/** Whether something that the answer holds under `quote` or `quotes` stands word for word in none of these fields. */
export function misquotes(answer: unknown, given: unknown, fields: readonly string[]): boolean {
  const texts = fields.flatMap((field) => textsIn((given as Record<string, unknown>)[field]));
  return quotesIn(answer).some((quote) => quote.trim() === '' || !texts.some((text) => text.includes(quote)));
}

const quotesIn = (value: unknown): string[] =>
  entriesOf(value).flatMap(([name, part]) => (name === 'quote' || name === 'quotes' ? textsIn(part) : quotesIn(part)));

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : entriesOf(value).flatMap(([, part]) => textsIn(part));

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

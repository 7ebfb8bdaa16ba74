/** How a text is made whose places hold anything, and what says the same in another language. */
export interface Form {
  /** A regular expression with a named group for each place. */
  is: string;
  says: string;
}

export interface Saying {
  /** What a whole text is called, where that is known. */
  known?(text: string): string | undefined;
  fill(says: string, places: Readonly<Record<string, string>>): string;
}

const compiled = new Map<string, RegExp>();

function formOf(is: string): RegExp {
  const form = compiled.get(is) ?? new RegExp(is, 'su');
  compiled.set(is, form);
  return form;
}

/** What is longer is no sentence of ours, and looking for its form would take long. */
const longest = 4_000;

/** A text in other words where its form is known, with what stands in its places in other words too, so many places deep; else the text. */
export function inOtherWords(text: string, forms: readonly Form[], saying: Saying, deep = 3): string {
  const known = saying.known?.(text);
  if (known !== undefined) return known;
  if (deep === 0 || text.length > longest) return text;
  for (const { is, says } of forms) {
    const found = formOf(is).exec(text);
    if (!found) continue;
    const places = Object.entries(found.groups ?? {});
    return saying.fill(
      says,
      Object.fromEntries(places.map(([name, place]) => [name, inOtherWords(place, forms, saying, deep - 1)])),
    );
  }
  return text;
}

/** A numbered clause as it stands in a text: `8.1(a)`, and its words without the number. */
export interface Clause {
  path: string;
  label: string;
  words: string;
}

export interface Split {
  clauses: Clause[];
  /** Lines that are no clause, in order, without their marks. */
  loose: string[];
}

const numbered = /^(\s*)(\d+|[a-z])[.)]\s+(\S.*)$/;

/** The numbered clauses of a text by its indentation. One that begins in the middle of a section does not know its number. */
export function split(text: string): Split {
  const clauses: Clause[] = [];
  const loose: string[] = [];
  let [section, sub] = ['', ''];
  for (const line of text.split('\n')) {
    const [, indent = '', number = '', words = ''] = numbered.exec(line) ?? [];
    if (!number) {
      const said = line.replace(/^\s*(?:[-*]\s+)?/, '').trim();
      if (said !== '') loose.push(said);
      continue;
    }
    const depth = indent.length < 2 ? 0 : indent.length < 6 ? 1 : 2;
    if (depth === 0) [section, sub] = [number, ''];
    if (depth === 1) sub = number;
    const path = depth === 0 ? section : depth === 1 ? `${section}.${sub}` : `${section}.${sub}(${number})`;
    clauses.push({ path, label: labelOf(words), words: words.trim() });
  }
  return { clauses, loose };
}

/** The heading that a clause begins with, as far as it has one. */
const labelOf = (words: string) => /^([A-Z][^.:]{0,60})[.:](?:\s|$)/.exec(words)?.[1]?.toLowerCase() ?? '';

/** A clause of the draft that is not word for word the standard's; without `stood` it was added. */
export interface Changed {
  clause: Clause;
  stood: Clause | undefined;
}

/** Clause by clause: first those of the same words, wherever they stand now, then of the same place, then of the same heading. */
export function changedIn(draft: readonly Clause[], standard: readonly Clause[]): Changed[] {
  const partner = new Map<Clause, Clause>();
  const taken = new Set<Clause>();
  const pair = (fits: (one: Clause, other: Clause) => boolean) => {
    for (const one of draft) {
      if (partner.has(one)) continue;
      const other = standard.find((each) => !taken.has(each) && fits(one, each));
      if (!other) continue;
      partner.set(one, other);
      taken.add(other);
    }
  };
  pair((one, other) => one.words === other.words && one.path === other.path);
  pair((one, other) => one.words === other.words);
  pair((one, other) => one.path === other.path && one.label === other.label);
  pair((one, other) => one.label !== '' && one.label === other.label);
  pair((one, other) => one.path === other.path);
  return draft
    .filter((clause) => partner.get(clause)?.words !== clause.words)
    .map((clause) => ({ clause, stood: partner.get(clause) }));
}

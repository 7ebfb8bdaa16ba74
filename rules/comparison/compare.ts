import { type Clause, clausesOf } from './clauses.ts';
import { coverPageOf } from './cover-page.ts';
import { changed } from './changed.ts';
import { pair } from './pair.ts';
import { plain } from './words.ts';

/** A line of the cover page that states one of the fields of the form. */
export interface Field {
  label: string;
  /** What it says, without the label. */
  says: string;
  quote: string;
  at: number;
}

/** Something that is not as in the standard form, nor as in a wording of the library. */
export interface Difference {
  kind: 'changed' | 'added' | 'removed' | 'moved';
  clause: string;
  /** Word for word what stands in the draft; null where words of the form are gone and nothing stands in their place. */
  quote: string | null;
  /** Where it stands, in UTF-16 code units from the start of the draft. */
  at: number | null;
  to: number | null;
  /** What the form has in its place. */
  stood: string | null;
  /** All of a clause that says it in other words. */
  wording: string | null;
}

export interface Comparison {
  fields: Field[];
  differences: Difference[];
  /** How many differences are too many or too long to be told: the draft itself has to be read. */
  unshown: number;
}

export interface Standard {
  title: string;
  text: string;
  /** The fields of its cover page, in lower case. */
  labels: readonly string[];
  /** What may stand in the place of a clause, with or without the clause's heading. */
  wordings: readonly { clause: string; text: string }[];
}

/** The most that is told of one comparison: nobody reads more of it, and a case's history stays small. */
const most = { differences: 30, characters: 60_000, quote: 1_000, wording: 5_000 };

/** Compares a draft with the standard form, word by word: every word of either is accounted for. */
export function compare(draft: string, { title, text, labels, wordings }: Standard): Comparison {
  const { from, clauses } = clausesOf(draft);
  const form = clausesOf(text);
  const cover = coverPageOf(draft.slice(0, from), title, labels, text.slice(0, form.from));
  const differences = [...cover.differences, ...differing(draft, clauses, text, form.clauses, wordings)];
  return told(cover.fields, differences);
}

function differing(
  draft: string,
  clauses: readonly Clause[],
  text: string,
  form: readonly Clause[],
  wordings: Standard['wordings'],
): Difference[] {
  if (sameWords(clauses, form)) return []; // in whatever lines
  const accepted = new Map<string, Set<string>>();
  for (const { clause, text: words } of wordings)
    accepted.set(clause, (accepted.get(clause) ?? new Set()).add(plain(words)));
  return pair(clauses, form, (clause, standard) => isAccepted(clause, standard, accepted)).map((found) => {
    if (found.kind === 'changed') return changed(draft, found.clause, text, found.standard);
    if (found.kind === 'removed') return { ...gone, clause: found.standard.path, stood: sliceOf(text, found.standard) };
    const { clause, kind } = found;
    const at = clause.words[0]!.at;
    const to = found.last.words.at(-1)!.to;
    return { ...gone, kind, clause: clause.path, quote: draft.slice(at, to), at, to };
  });
}

const gone = { kind: 'removed', quote: null, at: null, to: null, stood: null, wording: null } as const;

const sliceOf = (text: string, { words }: Clause): string => text.slice(words[0]!.at, words.at(-1)!.to);

function sameWords(ours: readonly Clause[], theirs: readonly Clause[]): boolean {
  const [one, other] = [ours, theirs].map((clauses) => clauses.flatMap(({ words }) => words));
  return one!.length === other!.length && one!.every(({ word }, index) => word === other![index]!.word);
}

/** The library's words for this clause, under the form's heading or none. */
function isAccepted(clause: Clause, standard: Clause, accepted: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const wordings = accepted.get(standard.path);
  if (!wordings || clause.words[0]!.word !== standard.words[0]!.word) return false;
  const heading = /^[A-Z][^.:]{0,60}[.:] /.exec(standard.said)?.[0] ?? '';
  const withoutHeading = clause.said.startsWith(heading) ? clause.said.slice(heading.length) : clause.said;
  return wordings.has(clause.said) || wordings.has(withoutHeading);
}

/** As many as there is room for. What is cut counts as not shown, but for what the form and the library hold anyway. */
function told(fields: Field[], all: readonly Difference[]): Comparison {
  const differences: Difference[] = [];
  let unshown = 0;
  let room = most.characters;
  for (const { quote, stood, wording, ...where } of all) {
    const shown: Difference = {
      ...where,
      quote: cut(quote, most.quote),
      stood: cut(stood, most.quote),
      wording: wording !== null && wording.length <= most.wording ? wording : null,
    };
    room -= [shown.quote, shown.stood, shown.wording].reduce((sum, text) => sum + (text?.length ?? 0), 0);
    const fits = differences.length < most.differences && room >= 0;
    if (fits) differences.push(shown);
    if (!fits || (shown.quote !== quote && where.kind !== 'moved')) unshown += 1;
  }
  return { fields, differences, unshown };
}

/** Never half a character. */
const cut = (text: string | null, length: number): string | null =>
  text === null || text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

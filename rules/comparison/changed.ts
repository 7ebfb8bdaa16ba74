import type { Clause } from './clauses.ts';
import type { Difference } from './compare.ts';
import type { Word } from './words.ts';

/** A stretch of words, from one to before another. */
interface Stretch {
  from: number;
  to: number;
}

/** The longest sentence that is shown with what was changed in it. */
const longestSentence = 1_000;

/** In what a clause is not its standard: the sentences in which words differ, and what stood there. */
export function changed(draft: string, clause: Clause, form: string, standard: Clause): Difference {
  const [ours, theirs] = [clause.words, standard.words];
  const exact = unlike(ours, theirs);
  const whole = sentences(ours, theirs, exact);
  const tooLong = [textOf(draft, ours, whole.ours), textOf(form, theirs, whole.theirs)].some(
    (text) => (text?.length ?? 0) > longestSentence,
  );
  const shown = tooLong ? exact : whole;
  const quote = textOf(draft, ours, shown.ours);
  const { from, to } = shown.ours;
  return {
    kind: 'changed',
    clause: clause.path,
    quote,
    at: quote === null ? null : ours[from]!.at,
    to: quote === null ? null : ours[to - 1]!.to,
    stood: textOf(form, theirs, shown.theirs),
    wording: textOf(draft, ours, { from: 1, to: ours.length }),
  };
}

const textOf = (text: string, words: readonly Word[], { from, to }: Stretch): string | null =>
  from < to ? text.slice(words[from]!.at, words[to - 1]!.to) : null;

/** From the first word that differs to the last. */
function unlike(ours: readonly Word[], theirs: readonly Word[]): { ours: Stretch; theirs: Stretch } {
  const shorter = Math.min(ours.length, theirs.length);
  let from = 0;
  while (from < shorter && ours[from]!.word === theirs[from]!.word) from += 1;
  let same = 0;
  while (same < shorter - from && ours.at(-1 - same)!.word === theirs.at(-1 - same)!.word) same += 1;
  return { ours: { from, to: ours.length - same }, theirs: { from, to: theirs.length - same } };
}

/** The same, as far as the sentences go that it begins and ends in. */
function sentences(
  ours: readonly Word[],
  theirs: readonly Word[],
  exact: { ours: Stretch; theirs: Stretch },
): { ours: Stretch; theirs: Stretch } {
  const { from } = exact.ours;
  let back = 0;
  while (from - back > 1 && !endsSentence(ours[from - back - 1])) back += 1;
  const isWhole = [
    [ours, exact.ours],
    [theirs, exact.theirs],
  ].every(([words, stretch]) => isWholeSentence(words as readonly Word[], stretch as Stretch));
  const on = isWhole && back === 0 ? 0 : toSentenceEnd(ours, exact.ours.to);
  const wider = ({ from: first, to }: Stretch): Stretch => ({ from: first - back, to: to + on });
  return { ours: wider(exact.ours), theirs: wider(exact.theirs) };
}

function toSentenceEnd(words: readonly Word[], from: number): number {
  for (let to = from; to < words.length; to += 1) if (endsSentence(words[to])) return to + 1 - from;
  return words.length - from;
}

const isWholeSentence = (words: readonly Word[], { from, to }: Stretch) => from === to || endsSentence(words[to - 1]);

const endsSentence = (word: Word | undefined): boolean => /[.!?:]["')\]]*$/.test(word?.word ?? '.');

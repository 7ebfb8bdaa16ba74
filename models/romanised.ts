import anyAscii from 'any-ascii';
import type { Folded, Stretch } from './folding.ts';

const latin = /^[\p{Script=Latin}\p{M}'-]+$/u;
export const isLatin = (word: string): boolean => latin.test(word);
/** Scripts that put no blanks around a name. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** The longest name that is looked for among letters without blanks. */
const longest = 6;

/** A name in Latin letters, as far as they are known letter by letter. */
export const romanOf = (word: string): string =>
  anyAscii(word)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

/** How a word sounds, coarsely, to whoever writes it in Latin letters; each of it empty where it is too short to tell. */
interface Sound {
  whole: string;
  stem: string;
  consonants: string;
}

/** Finds names that stand in a text in another script than they were given in, and their forms in scripts with endings. */
export function romanisedFinder(names: readonly string[]): (text: Folded) => Stretch[] {
  const soundsOf = (some: readonly string[]) => some.flatMap(formsOf).map(soundOf);
  const of = (sounds: Sound[], part: keyof Sound) =>
    new Set(sounds.map((sound) => sound[part]).filter((one) => one !== ''));
  const sets = (some: readonly string[]) => {
    const sounds = soundsOf(some);
    return { whole: of(sounds, 'whole'), stem: of(sounds, 'stem'), consonants: of(sounds, 'consonants') };
  };
  const sought = {
    all: sets(names),
    latin: sets(names.filter(isLatin)),
    others: sets(names.filter((name) => !isLatin(name))),
  };
  const known = new Map<string, boolean>();

  const isName = (token: string): boolean => {
    const isUnspaced = unspaced.test(token);
    const { whole, stem, consonants } = sought[isUnspaced ? 'latin' : isLatin(token) ? 'others' : 'all'];
    const isCased = /^\p{Lu}/u.test(token);
    const hasCase = /\p{Lu}|\p{Ll}/u.test(token);
    return formsOf(token).some((form) => {
      const sound = soundOf(form);
      if (whole.has(sound.whole)) return form.length > 2 || isCased;
      if (hasCase && !isCased) return false;
      return (hasCase && stem.has(sound.stem)) || consonants.has(sound.consonants);
    });
  };

  return ({ letters }) =>
    tokensOf(letters).filter(({ from, to }) => {
      const token = letters.slice(from, to).join('');
      if (!known.has(token)) known.set(token, isName(token));
      return known.get(token)!;
    });
}

/** Words, also those that hyphens join to one, and of letters without blanks each run that may be a name. */
function tokensOf(letters: readonly string[]): Stretch[] {
  const tokens: (Stretch & { joined?: boolean })[] = [];
  for (const [n, letter] of letters.entries()) {
    if (!/^[\p{L}\p{M}]/u.test(letter)) continue;
    const last = tokens.at(-1);
    const goesOn = last?.to === n && unspaced.test(letters[last.from]!) === unspaced.test(letter);
    if (goesOn) last.to = n + 1;
    else tokens.push({ from: n, to: n + 1, joined: last?.to === n - 1 && /^[-'’]$/.test(letters[n - 1]!) });
  }
  const pairs = tokens.flatMap(({ joined, to }, n) => (joined ? [{ from: tokens[n - 1]!.from, to }] : []));
  return [
    ...tokens.flatMap(({ from, to }) => (unspaced.test(letters[from]!) ? windows(from, to) : [{ from, to }])),
    ...pairs,
  ];
}

const windows = (from: number, to: number): Stretch[] =>
  Array.from({ length: to - from }, (_, n) =>
    Array.from({ length: Math.min(longest, to - from - n) - 1 }, (__, more) => ({
      from: from + n,
      to: from + n + more + 2,
    })),
  ).flat();

/** A word in Latin letters, also without the endings of Cyrillic and Greek beyond vowels, and without the Arabic article. */
function formsOf(word: string): string[] {
  const forms = [
    word,
    word.replace(/(?<=\p{Script=Cyrillic}{3})(?:ым|им|ом|ем|ого|ому|ов|ей|ами?|ах)$/u, ''),
    word.replace(/(?<=\p{Script=Greek}{3})[ςσΣ]$/u, ''),
    word.replace(/^ال/, ''),
  ];
  return [...new Set(forms.map(romanOf))].filter((form) => form.length >= 2);
}

const alike: [RegExp, string][] = [
  [/[yj]/g, 'i'],
  [/ou/g, 'u'],
  [/i+/g, 'i'],
  [/x/g, 'ks'],
  [/shch|tsch|sch|tch|sh|ch|zh|ts|tz|z/g, 's'],
  [/ph|[vw]/g, 'f'],
  [/kh|gh|[gkqhc]/g, 'k'],
  [/th|d/g, 't'],
  [/b/g, 'p'],
  [/r/g, 'l'],
  [/(.)\1+/g, '$1'],
];

/** Kinds of letters in their order: what systems of romanisation differ in counts for little. */
function soundOf(roman: string): Sound {
  const whole = alike.reduce((word, [letters, as]) => word.replaceAll(letters, as), roman);
  const stem = roman.replaceAll(/[yj]/g, 'i').replace(/[aeiou]+$/, '');
  const consonants = whole.replaceAll(/[aeiou]/g, '').replaceAll(/(.)\1+/g, '$1');
  return { whole, stem: stem.length >= 3 ? stem : '', consonants: consonants.length >= 3 ? consonants : '' };
}

import type { Folded, Stretch } from './folding.ts';
import { isLatin, romanisedFinder, romanOf } from './romanised.ts';
import * as spell from './spellings.ts';

/** One thing to look for, and what must hold where it is found. */
interface Wording {
  pattern: RegExp;
  /** Stands by itself: no letter goes before or after, but for a change to a capital letter (`JaneDoe`). */
  whole: boolean;
  /** Letters may follow that only bend the name. */
  endings?: RegExp;
  /** Only where it begins with a capital letter. */
  capital?: boolean;
  /** Only as it was written, or capitalised. */
  asWritten?: readonly string[] | undefined;
}

export interface Name {
  field: string;
  text: string;
}

const regex = (pattern: string) => new RegExp(pattern, 'gu');
const isUnspaced = (sign: string) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(sign);
const lettersIn = (plain: string) => Array.from(plain).filter((sign) => /\p{L}/u.test(sign)).length;

/** How many words of names are put together in pairs; a name with more of them is not written so. */
const mostPaired = 8;

/** Finds persons' names in their usual spellings. */
export function namesFinder(names: readonly Name[]): (text: Folded) => Stretch[] {
  const told = names.map(({ text }) => spell.wordsOf(text));
  const words = [...new Set(told.flatMap((some) => some.filter(isOwn).flatMap(spell.partsOf)))];
  const givenWords = names
    .filter(({ field }) => !/last|family|sur/i.test(field))
    .flatMap(({ text }) => spell.wordsOf(text).filter(isOwn).map(spell.plainOf));
  const wholes = names.map(({ text }) => spell.plainOf(text)).filter((plain) => /[\p{L}\p{Nd}]/u.test(plain));
  const elements = [...new Set([...wholes, ...words.map(spell.plainOf)])].filter(
    (plain) => lettersIn(plain) >= 2 || isUnspaced(plain),
  );
  const pairs = elements
    .slice(0, mostPaired)
    .flatMap((a) => elements.slice(0, mostPaired).flatMap((b) => (a === b ? [] : [[a, b] as const])));
  const wordings = [
    ...wholes.map((plain) => ({
      pattern: regex(spell.spelling(plain)),
      whole: true,
      asWritten: shortOnes(names, plain),
    })),
    ...words.flatMap(ofWord),
    ...told.flatMap(ofParticles),
    ...givenWords.flatMap(ofGiven),
    ...pairs.flatMap(ofPair),
    ...initials(names),
  ];
  const inScripts = romanisedFinder([...words, ...pairs.map(([a, b]) => a + b)]);
  return (text) => [...wordings.flatMap((wording) => placesOf(wording, text)), ...inScripts(text)];
}

/** What of the names nobody can be sure to find. */
export const unjudgedIn = (names: readonly Name[]): { field: string; why: string }[] =>
  names.flatMap(({ field, text }) => {
    const words = spell.wordsOf(text);
    const short = words.some(
      (word) => isLatin(word) && lettersIn(word) <= 2 && (words.length === 1 || /^\p{Lu}/u.test(word)),
    );
    const foreign = words.filter((word) => /\p{L}/u.test(word) && !isLatin(word));
    return [
      ...(short ? [{ field, why: 'a name of one or two letters is found only as it is written' }] : []),
      ...(foreign.some((word) => romanOf(word) === '')
        ? [{ field, why: 'a script that is not put into Latin letters: the name is found in it only' }]
        : []),
      ...(foreign.some((word) => /\p{Script=Han}/u.test(word))
        ? [{ field, why: 'a script with several readings: in Latin letters only one of them is found' }]
        : []),
    ];
  });

/** Where a name is so short that it is found only as it was written: the ways it was. */
const shortOnes = (names: readonly Name[], plain: string): string[] =>
  lettersIn(plain) > 2 ? [] : names.map(({ text }) => text.trim().normalize('NFKC'));

/** Of a name in several words those that others have as well (`de la`, `Dr.`): they are masked beside the name, not elsewhere. */
const isOwn = (word: string, _: number, words: readonly string[]): boolean =>
  !spell.isParticle(word) || words.every(spell.isParticle);

const ofParticles = (words: readonly string[]): Wording[] =>
  words.flatMap((word, n) => {
    const next = words.findIndex((other, m) => m > n && isOwn(other, m, words));
    if (isOwn(word, n, words) || next < 0) return [];
    const [first, ...rest] = words.slice(n, next + 1).map((one) => spell.spelling(spell.plainOf(one)));
    return [{ pattern: regex(`${first}(?=[.\\s]+${rest.join('[.\\s]+')})`), whole: true }];
  });

function ofWord(word: string): Wording[] {
  const plain = spell.plainOf(word);
  const pattern = regex(spell.spelling(plain));
  const length = lettersIn(plain);
  if (length <= 2) return [{ pattern, whole: true, asWritten: [word.normalize('NFKC')] }];
  const bent = spell.bentForms(plain).map((form) => ({ pattern: regex(form), whole: true, capital: true }));
  return [
    { pattern, whole: true, endings: regex(`^${spell.endings}`) },
    ...(length === 3 ? [{ pattern, whole: true, capital: true, endings: /^(?:ovi|em|om)/ }] : []),
    ...(length >= 4
      ? [{ pattern, whole: true, capital: true, endings: regex(`^${spell.bentEndings(plain)}`) }, ...bent]
      : []),
    { pattern: regex(spell.spelledOut(plain)), whole: true },
  ];
}

function ofGiven(plain: string): Wording[] {
  const endings = regex(`^${spell.endings}`);
  const forms = spell.shortFormsOf(plain).map((form) => ({
    ...{ pattern: regex(spell.spelling(form)), whole: true, endings },
    capital: form.length <= 2 || spell.isAlsoAWord(form),
  }));
  const beginning = spell.beginnings(plain);
  return [...forms, ...(beginning ? [{ pattern: regex(beginning), whole: true, capital: true, endings }] : [])];
}

/** Joined as in handles and addresses, in either order, and with one of them cut to its first letter. */
function ofPair([a, b]: readonly [string, string]): Wording[] {
  const [one, other] = [spell.spelling(a), spell.spelling(b)];
  const joined = { pattern: regex(`${one}[._-]?${other}`), whole: lettersIn(a + b) < 7 };
  const initial = spell.spelling(Array.from(a)[0]!);
  const before = { pattern: regex(`${initial}(?:[._-]|\\.\\s?|\\s)?${other}`), whole: true };
  const after = { pattern: regex(`${other}(?:[._-]?${initial}|,?\\s${initial}\\.)`), whole: true };
  const cut = lettersIn(b) < 3 ? [] : [before, after];
  return isUnspaced(a + b) ? [] : [joined, ...cut];
}

/** J. D., J.D., and JD where somebody signs so. */
function initials(names: readonly Name[]): Wording[] {
  const firsts = names.map(({ text }) =>
    spell.wordsOf(text).map((word) => spell.spelling(Array.from(spell.plainOf(word))[0]!)),
  );
  const rows =
    firsts.length > 1 ? firsts.flatMap((a) => firsts.flatMap((b) => (a === b ? [] : [[...a, ...b]]))) : firsts;
  return rows
    .filter((row) => row.length >= 2)
    .flatMap((row) => [
      { pattern: regex(`${row.join(String.raw`\.[\s-]?`)}\\.?`), whole: true, capital: true },
      { pattern: regex(`(?<=(?:^|\\n|[,;-])\\s*)${row.join('')}(?=\\s*(?:$|\\n))`), whole: true, capital: true },
    ]);
}

function placesOf({ pattern, whole, endings, capital, asWritten = [] }: Wording, text: Folded): Stretch[] {
  const { letters, plain, at } = text;
  return [...plain.matchAll(pattern)].flatMap(({ 0: match, index }) => {
    if (match === '') return [];
    const end = index + match.length;
    const follows = endings && !isUnspaced(plain[end - 1]!) ? longestEnding(text, end, endings) : 0;
    const stretch = { from: at[index]!, to: at[end + follows - 1]! + 1 };
    if (whole && !(beginsHere(text, index, match) && endsHere(text, end + follows, match))) return [];
    const written = letters.slice(stretch.from, stretch.to).join('').normalize('NFKC');
    if (capital && !/^\p{Lu}/u.test(written)) return [];
    if (
      asWritten.length > 0 &&
      !asWritten.includes(written) &&
      !(Array.from(match).length > 1 && /^\p{Lu}/u.test(written))
    )
      return [];
    return [stretch];
  });
}

/** How many letters after a name only bend it. */
function longestEnding(text: Folded, end: number, endings: RegExp): number {
  const rest = text.plain.slice(end, end + 8);
  const lengths = Array.from({ length: rest.length }, (_, n) => rest.length - n).filter((length) => {
    const [match] = rest.slice(0, length).match(endings) ?? [];
    return match?.length === length && endsHere(text, end + length, rest[length - 1]!);
  });
  return lengths[0] ?? 0;
}

const isWord = (sign: string | undefined, digits: boolean) =>
  sign !== undefined && !isUnspaced(sign) && (digits ? /[\p{L}\p{Nd}]/u : /\p{L}/u).test(sign);

/** Digits around a name are those of a handle (jane87), but not around two letters (L2). */
function beginsHere({ letters, plain, at }: Folded, index: number, match: string): boolean {
  const digits = lettersIn(match) <= 2;
  if (!isWord(match[0], true) || !isWord(plain[index - 1], digits)) return true;
  return /^\p{Ll}/u.test(letters[at[index - 1]!]!) && /^\p{Lu}/u.test(letters[at[index]!]!);
}

function endsHere({ letters, plain, at }: Folded, end: number, match: string): boolean {
  const digits = lettersIn(match) <= 2;
  if (!isWord(plain[end - 1], true) || !isWord(plain[end], digits)) return true;
  return /^\p{Ll}/u.test(letters[at[end - 1]!]!) && /^\p{Lu}/u.test(letters[at[end]!]!);
}

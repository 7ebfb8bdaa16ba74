import { fold } from './folding.ts';
import shortForms from './short-forms.json' with { type: 'json' };

/** Letters that are one letter, or two, as one's keyboard has it. */
const alternatives: Record<string, string> = {
  ...{ ä: 'ä|æ|ae?', æ: 'æ|ä|ae?', ö: 'ö|ø|œ|oe?', ø: 'ø|ö|oe?', œ: 'œ|ö|oe', ü: 'ü|ue?', å: 'å|aa?|o' },
  ...{ ß: 'ß|ss?|sz', þ: 'þ|th?', ð: 'ð|dh?', đ: 'đ|dj?' },
  ...{ ae: 'ae|ä|æ', oe: 'oe|ö|ø|œ', ue: 'ue|ü', aa: 'aa|å', ss: 'ss|ß', th: 'th|þ', dj: 'dj|đ' },
  ...{ a: 'a|ä|å', o: 'o|ö|ø', u: 'u|ü', d: 'd|đ|ð' },
};
const syntax = /[\\^$.*+?()[\]{}|/]/g;
const units = /\s+|ae|oe|ue|aa|ss|th|dj|[^]/gu;
const joint = String.raw`[\s'._·-]{0,3}`;
const apart = String.raw`[\s.·_*-]{1,3}`;

/** A pattern for a name, plain, in any of its spellings: joined, hyphenated or in several words where it has a joint. */
export const spelling = (plain: string): string =>
  plain.replaceAll(units, (unit: string, at: number) => {
    const isBetween = /[\p{L}.]/u.test(plain[at - 1] ?? '') && /\p{L}/u.test(plain[at + unit.length] ?? '');
    if (/^(?:\s+|['-])$/u.test(unit) && isBetween) return joint;
    if (/^\s+$/u.test(unit)) return String.raw`\s+`;
    return alternatives[unit] ? `(?:${alternatives[unit]})` : unit.replaceAll(syntax, String.raw`\$&`);
  });

/** J-a-n-e, J a n e. */
export const spelledOut = (plain: string): string => Array.from(plain.replaceAll(/[\s'-]/g, '')).join(apart);

/** Short forms that are words as well: names only where they have a capital letter. */
const alsoWords = new Set(
  (
    'barb bert bill chuck daisy dick drew else frank hal hank jack jan jay kit lex marge max memo nan nat nick pat pip ray ' +
    'rich rob sandy sue ted tori val will wolf'
  ).split(' '),
);
export const isAlsoAWord = (plain: string): boolean => alsoWords.has(plain);

/** What somebody of this first name is also called, and the other way round. */
export const shortFormsOf = (plain: string): string[] =>
  shortForms.filter((forms) => forms.includes(plain)).flatMap((forms) => forms.filter((form) => form !== plain));

/** The beginning of a long first name, as one shortens it: Alex, Steff, Steffi. */
export const beginnings = (plain: string): string =>
  /^\p{L}{6,}$/u.test(plain)
    ? `(?:${[5, 4]
        .filter((length) => length <= plain.length - 2)
        .map((length) => plain.slice(0, length))
        .map((start) => `${spelling(start)}(?:${start.at(-1)})?(?:ie|i|y)?`)
        .join('|')})`
    : '';

/** Endings of names: of the genitive, and of the cases of languages that bend them. */
const apostrophe = String.raw`'\p{L}{1,5}|'`;
const small = String.raw`e?ns|e?s`;
const afterVowel = 'n|m|nak|nek|val|vel|ego|emu|ho|mu|ch|ou';
const afterConsonant = 'a|u|em|om|ovi|ova|ove|ovou|owi|owie|iem|ego|emu|eho|ym|im|nak|nek';
/** Names whose last letters change: Anna, Anny; Virtanen, Virtasen; Kowalska, Kowalskiej. */
const changed: [RegExp, string][] = [
  [/(?<=\p{L}{3})a$/u, 'iej|ie|ii|ej|ou|y|e|u|o|i'],
  [/(?<=\p{L}{2})nen$/u, 'sen|selle|selta|sesta|sessa|seen|sia'],
  [/(?<=\p{L}{3})[iy]$/u, 'ego|emu|eho|im|ym|ho|mu'],
];

/** What may follow a name and still be it. */
export const endings = `(?:${apostrophe}|${small})`;

/** What may follow it besides, where it is written with a capital letter. */
export const bentEndings = (plain: string): string =>
  `(?:${apostrophe}|${small}|${/[aeiouyäöü]$/u.test(plain) ? afterVowel : afterConsonant})`;

/** Further whole forms of a name, where it is capitalised. */
export const bentForms = (plain: string): string[] =>
  changed.flatMap(([last, as]) => (last.test(plain) ? [`${spelling(plain.replace(last, ''))}(?:${as})`] : []));

/** The words of a name: without brackets and quote marks around what one is called. */
export const wordsOf = (name: string): string[] =>
  name.match(/[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}'’ʼ‘`´\u2010-\u2015-]*/gu)?.filter((word) => plainOf(word) !== '') ?? [];

const particles = new Set(
  (
    'af al auf av bin ben da de del della dello dem den der des di do dos du e el i ibn la las le les los of ten ter the und ' +
    'van vom von y zu zum zur dr prof mr mrs ms miss herr frau sir ing dipl jr sr phd msc'
  ).split(' '),
);
export const isParticle = (word: string): boolean => particles.has(plainOf(word));

/** A word and, where it is a double name, each half of it. */
export const partsOf = (word: string): string[] => {
  const halves = word.split(/[-\u2010-\u2015]/u);
  const afterApostrophe = halves.flatMap((half) => /['’ʼ‘`´](\p{L}{4,})$/u.exec(half)?.[1] ?? []);
  return [...new Set([word, ...halves, ...afterApostrophe])].filter((part) => /\p{L}/u.test(part));
};

export const plainOf = (name: string): string => fold(name.trim()).plain;

import anyAscii from 'any-ascii';
import { withoutDoubleEncoding } from './double-encoding.ts';

/** A text in the plain form that one looks for things in, and for each place of that the letter of the text it comes from. */
export interface Folded {
  letters: string[];
  plain: string;
  at: number[];
}

/** Letters `from` up to, not including, `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** Letters that are also written as two: what they are written as is for those who look for names. */
export const doubled = 'äöüåøæœßþðđ';

const unsaid = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const signs: Record<string, string> = {
  ...Object.fromEntries(Array.from('’‘ʼ´`′', (sign) => [sign, "'"])),
  ...Object.fromEntries(Array.from('‐‑‒–—―−', (sign) => [sign, '-'])),
  ...{ ł: 'l', ı: 'i', ς: 'σ', ẞ: 'ß' },
};
const mapped = (text: string) => Array.from(text, (letter) => signs[letter] ?? letter).join('');

/** Without accents, case, and kinds of hyphens, apostrophes and digits. */
export function folded(letter: string): string {
  if (/^\p{Nd}$/u.test(letter)) return anyAscii(letter);
  const small = mapped(letter).toLowerCase();
  if (doubled.includes(small)) return small;
  return mapped(mapped(letter).normalize('NFKD').toLowerCase()).replace(unsaid, '').normalize('NFC');
}

export function fold(text: string): Folded {
  const letters = Array.from(withoutDoubleEncoding(text).normalize('NFC'));
  const at: number[] = [];
  const plain = letters.map((letter, n) => {
    const one = folded(letter);
    at.push(...Array.from({ length: one.length }, () => n));
    return one;
  });
  return { letters, plain: plain.join(''), at };
}

/** All that a pattern finds in the plain form. */
export const found = ({ plain, at }: Folded, pattern: RegExp): Stretch[] =>
  [...plain.matchAll(pattern)].flatMap(({ 0: match, index }) =>
    match === '' ? [] : [{ from: at[index]!, to: at[index + match.length - 1]! + 1 }],
  );

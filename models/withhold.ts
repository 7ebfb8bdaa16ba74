import { withoutDoubleEncoding } from './double-encoding.ts';

export const withheld = '[withheld]';

const address = String.raw`[^\s<>()"',;:@]+@[^\s<>()"',;:@]+`;
/** Seven digits or more, in any script, as people write phone numbers. */
const phone = String.raw`(?:\+\s*)?\(?\p{Nd}(?:[\s().\/-]*\p{Nd}){6,}`;

/**
 * Every text of `given` without what `secrets` say: all of it, each of its words, and each half of a double name, also in other
 * case, with other accents, hyphens or apostrophes, joined by invisible signs or doubly encoded; and without e-mail addresses
 * and phone numbers. `masked` counts what was taken out.
 */
export function withhold(given: unknown, secrets: readonly unknown[]): { given: unknown; masked: number } {
  const { single, patterns } = wordings(secrets);
  const looked = new RegExp([address, ...patterns, phone].join('|'), 'gu');
  let masked = 0;

  function withoutThem(text: string): string {
    const { letters, plain, at } = fold(withoutDoubleEncoding(text));
    let [out, from] = ['', 0];
    for (const { 0: found, index } of plain.matchAll(looked)) {
      const [begins, ends] = [at[index]!, at[index + found.length - 1]! + 1];
      // A single letter is a name only as it was written: "A" is, "a" is an article.
      if (found.length === 1 && !single.has(letters[begins]!.normalize('NFKC'))) continue;
      out += letters.slice(from, begins).join('') + withheld;
      masked += 1;
      from = ends;
      while (from < letters.length && folded(letters[from]!) === '') from += 1;
    }
    return out + letters.slice(from).join('');
  }

  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutThem(value);
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mask(part)]));
  };
  return { given: mask(given), masked };
}

/** What is looked for, the longest first, so that nothing of it is left over. */
function wordings(secrets: readonly unknown[]): { single: Set<string>; patterns: string[] } {
  const texts = secrets.flatMap((secret) => (typeof secret === 'string' ? withoutDoubleEncoding(secret).trim() : []));
  const words = texts.flatMap((text) => [text, ...text.split(/[\s,;]+/u)]);
  const all = words
    .flatMap((word) => [word, ...word.split(/[-\u2010-\u2015]/u)])
    .filter((one) => /[\p{L}\p{Nd}]/u.test(one));
  const single = new Set(all.map((one) => one.normalize('NFKC')).filter((one) => /^.$/su.test(one)));
  const plain = [...new Set(all.map((one) => fold(one).plain))].sort((a, b) => b.length - a.length);
  return { single, patterns: plain.map(whole) };
}

const syntax = /[\\^$.*+?()[\]{}|/]/g;
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]`;
const beginsLikeAWord = new RegExp(String.raw`^(?!${unspaced})[\p{L}\p{Nd}]`, 'u');
const endsLikeAWord = new RegExp(String.raw`[\p{L}\p{Nd}](?<!${unspaced})$`, 'u');

/** As a word of its own, but in scripts that put none between words. */
function whole(wording: string): string {
  const words = wording.split(/\s+/u).map((word) => word.replaceAll(syntax, String.raw`\$&`));
  const before = beginsLikeAWord.test(wording) ? String.raw`(?<![\p{L}\p{Nd}])` : '';
  const after = endsLikeAWord.test(wording) ? String.raw`(?![\p{L}\p{Nd}])` : '';
  return before + words.join(String.raw`\s+`) + after;
}

const unsaid = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const plainly: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' },
  ...{
    '’': "'",
    '‘': "'",
    ʼ: "'",
    '´': "'",
    '`': "'",
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '–': '-',
    '—': '-',
    '―': '-',
    '−': '-',
  },
};
const mapped = (text: string) => Array.from(text, (letter) => plainly[letter] ?? letter).join('');

/** Without accents, case, and kinds of hyphens and apostrophes. */
const folded = (letter: string): string =>
  mapped(mapped(letter).normalize('NFKD').toLowerCase()).replace(unsaid, '').normalize('NFC');

/** A text folded, and for each place in it the letter of the text that it comes from. */
function fold(text: string): { letters: string[]; plain: string; at: number[] } {
  const letters = Array.from(text.normalize('NFC'));
  const at: number[] = [];
  const plain = letters.map((letter, n) => {
    const one = folded(letter);
    at.push(...Array.from({ length: one.length }, () => n));
    return one;
  });
  return { letters, plain: plain.join(''), at };
}

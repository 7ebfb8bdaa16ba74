export const withheld = '[withheld]';

const address = /[^\s<>()"',;:@]+@[^\s<>()"',;:@]+/gu;
/** Seven digits or more, in any script, as people write phone numbers. */
const phone = /(?:\+\s*)?\(?\p{Nd}(?:[\s()./\u2010-\u2015-]*\p{Nd}){6,}/gu;
const syntax = /[\\^$.*+?()[\]{}|/]/g;
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]`;
const beginsLikeAWord = new RegExp(String.raw`^(?!${unspaced})[\p{L}\p{Nd}]`, 'u');
const endsLikeAWord = new RegExp(String.raw`[\p{L}\p{Nd}](?<!${unspaced})$`, 'u');
const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

/**
 * Every text of `given` without what `secrets` say: as whole words, in any case, also where it is composed, spaced or joined by
 * invisible signs otherwise; and without e-mail addresses and phone numbers. `masked` counts what was taken out.
 */
export function withhold(given: unknown, secrets: readonly unknown[]): { given: unknown; masked: number } {
  const patterns = [address, ...secrets.flatMap(wordings).map(whole), phone];
  let masked = 0;
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string')
      return patterns.reduce((text, pattern) => text.replaceAll(pattern, () => (masked++, withheld)), plain(value));
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mask(part)]));
  };
  return { given: mask(given), masked };
}

const plain = (text: string): string => text.normalize('NFKC').replace(invisible, '');

/** All of it, and each of its words: a person is known by either. Longest first, so that nothing of it is left over. */
function wordings(secret: unknown): string[] {
  if (typeof secret !== 'string') return [];
  const whole = plain(secret).trim();
  const words = whole.split(/[\s,;]+/u).filter((word) => /[\p{L}\p{Nd}]/u.test(word));
  return [...new Set([whole, ...words])].filter((word) => word !== '').sort((a, b) => b.length - a.length);
}

/** A single letter is a name only as it was written: "A" is, "a" is an article. */
function whole(wording: string): RegExp {
  const words = wording.split(/\s+/u).map((word) => word.replaceAll(syntax, String.raw`\$&`));
  const before = beginsLikeAWord.test(wording) ? String.raw`(?<![\p{L}\p{Nd}])` : '';
  const after = endsLikeAWord.test(wording) ? String.raw`(?![\p{L}\p{Nd}])` : '';
  return new RegExp(before + words.join(String.raw`\s+`) + after, /^.$/su.test(wording) ? 'gu' : 'giu');
}

const unsaid = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const plainly: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' },
  ...{ '’': "'", '‘': "'", ʼ: "'", '´': "'", '`': "'", '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-' },
};
const syntax = /[\\^$.*+?()[\]{}|/]/g;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const mapped = (text: string) => Array.from(text, (letter) => plainly[letter] ?? letter).join('');
/** Without accents, case, and kinds of hyphens and apostrophes. */
const folded = (text: string): string => mapped(mapped(text).normalize('NFKD').toLowerCase().replace(unsaid, ''));

/**
 * The text with each of these names, and each half of a double name, as the lead spells it: what is looked for afterwards in
 * that spelling is found also where it was written with other accents, hyphens or apostrophes.
 */
export function inTheirSpelling(text: string, names: readonly string[]): string {
  const spellings = new Map<string, string>();
  for (const word of names.flatMap((name) => name.split(/[\s,;]+/u)))
    for (const part of [word, ...word.split(/[-\u2010-\u2015]/u)])
      if (folded(part).length > 1 && /[\p{L}\p{Nd}]/u.test(part)) spellings.set(folded(part), word);
  if (spellings.size === 0) return text;

  const letters = Array.from(text);
  const at: number[] = [];
  const plain = letters.map((letter, n) => {
    const one = folded(letter);
    at.push(...Array.from({ length: one.length }, () => n));
    return one;
  });
  const parts = [...spellings.keys()].sort((a, b) => b.length - a.length).map(whole);
  let [out, from] = ['', 0];
  for (const { 0: found, index } of plain.join('').matchAll(new RegExp(parts.join('|'), 'gu'))) {
    out += letters.slice(from, at[index]).join('') + spellings.get(found)!;
    from = at[index + found.length - 1]! + 1;
    while (from < letters.length && plain[from] === '') from += 1;
  }
  return out + letters.slice(from).join('');
}

/** As a word of its own, but in scripts that put none between words. */
function whole(part: string): string {
  const [before, after] = [unspaced.test(part[0]!), unspaced.test(part.at(-1)!)];
  const literally = part.replaceAll(syntax, String.raw`\$&`);
  return `${before ? '' : String.raw`(?<![\p{L}\p{Nd}])`}${literally}${after ? '' : String.raw`(?![\p{L}\p{Nd}])`}`;
}

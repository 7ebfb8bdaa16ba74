/** A text as one compares it, and for each of its places the stretch of the text that it comes from. */
interface Plain {
  text: string;
  from: number[];
  to: number[];
}

interface Sign {
  as: string;
  from: number;
  to: number;
}

/** How a line that ends in a hyphen goes on: it cut a word in two (`liabil-`, `ity`), or the word has a hyphen. */
type Hyphens = 'cut' | 'kept';

const doubles = /["\u201c-\u201f«»″〝〞＂❝❞「」『』]/u;
const singles = /['\u2018-\u201b‹›`´ʼ′＇❛❜]/u;
const dash = /[\p{Pd}\u2212\u2043]/u;
const digit = /\p{N}/u;
const letter = /\p{L}/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** From here on a quote that ends within a word counts as one that was cut off at a length limit. */
const long = 100;

/**
 * For a quote the text's own wording of it, from the first place where it stands. Compared are words: not the kind of quote
 * marks and dashes, blanks and line breaks, ligatures and Unicode forms; but every letter, digit and sign, in its order.
 */
export function wordingsIn(texts: readonly string[]): (quote: string) => string | undefined {
  const plains = new Map<string, Plain>();
  const plainOf = (text: string, hyphens: Hyphens): Plain => {
    const key = `${hyphens} ${text}`;
    const known = plains.get(key) ?? plain(text, hyphens);
    plains.set(key, known);
    return known;
  };
  const found = new Map<string, string | undefined>();
  const wordingOf = (quote: string): string | undefined => {
    if (!/[\p{L}\p{N}]/u.test(quote)) return undefined;
    if (texts.some((text) => placeOf(quote, text) >= 0)) return quote;
    for (const hyphens of ['kept', 'cut'] as const) {
      const sought = plain(quote, hyphens).text;
      for (const text of texts) {
        const { text: within, from, to } = plainOf(text, hyphens);
        const endOf = (place: number) => to[place + sought.length - 1]!;
        const at = placeOf(sought, within, (place) => around(text, from[place]!, endOf(place)));
        if (at >= 0) return text.slice(from[at], endOf(at));
      }
    }
    return undefined;
  };
  return (quote) => {
    if (!found.has(quote)) found.set(quote, wordingOf(quote));
    return found.get(quote);
  };
}

/** Where it first stands as words of their own: `limited` is not in `unlimited`, nor `EUR 5` in `EUR 5,000`. */
export function placeOf(sought: string, text: string, raw?: (at: number) => [string, string]): number {
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    const [before, after] = around(text, at, end);
    const [rawBefore, rawAfter] = raw?.(at) ?? [before, after];
    const begins = !goOn(before, sought) && !isHyphened(rawBefore, sought);
    const ends = !goOn(sought, after) && !isHyphened(sought, rawAfter);
    if (begins && (ends || isCutOff(sought))) return at;
  }
  return -1;
}

const around = (text: string, from: number, to: number): [string, string] => [
  text.slice(Math.max(0, from - 4), from),
  text.slice(to, to + 4),
];

/** Whether these are two parts of one word with a hyphen: `exclusive` alone is not in `non-exclusive`. */
const isHyphened = (first: string, second: string): boolean =>
  (/\p{L}[-\u2010\u2011]$/u.test(first) && /^\p{L}/u.test(second)) ||
  (/\p{L}$/u.test(first) && /^[-\u2010\u2011]\p{L}/u.test(second));

/** Whether a word or a figure that ends the first goes on in the second. */
function goOn(first: string, second: string): boolean {
  const [last, next] = [/.$/su.exec(first)?.[0] ?? '', /^./su.exec(second)?.[0] ?? ''];
  if (/\p{N}[.,'’]?$/u.test(first) && /^[.,'’]?\p{N}/u.test(second)) return true;
  const isWord = (sign: string) => /[\p{L}\p{M}\p{N}]/u.test(sign) && !unspaced.test(sign);
  return isWord(last) && isWord(next);
}

const isCutOff = (sought: string) => sought.length >= long && /\p{L}$/u.test(sought);

function plain(text: string, hyphens: Hyphens): Plain {
  const signs = withoutBlanksAtSigns(joined(withoutQuoteMarks(signsOf(text)), hyphens));
  const units = signs.flatMap((sign) => Array.from({ length: sign.as.length }, () => sign));
  return {
    text: signs.map(({ as }) => as).join(''),
    from: units.map(({ from }) => from),
    to: units.map(({ to }) => to),
  };
}

/** Each sign with its accents, in its one form. */
const signsOf = (text: string): Sign[] =>
  [...text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)].flatMap(({ 0: sign, index }) => {
    const as = formOf(sign);
    return as === '' ? [] : [{ as, from: index, to: index + sign.length }];
  });

function formOf(sign: string): string {
  if (/^\p{Cf}/u.test(sign)) return '';
  if (/^[\r\n\u2028\u2029]/.test(sign)) return '\n';
  if (/^\s/.test(sign)) return ' ';
  if (doubles.test(sign)) return '"';
  if (singles.test(sign)) return "'";
  if (dash.test(sign)) return '-';
  if (sign === '…') return '...';
  // Of signs that are no letters or digits the simpler form means something else: 10² is not 102.
  return sign.normalize(/^[\p{L}\p{Nd}]/u.test(sign) ? 'NFKC' : 'NFC');
}

/** An apostrophe within a word stays, and what may be a measure: 5′ is not 5″. */
const withoutQuoteMarks = (signs: Sign[]): Sign[] =>
  signs.filter(({ as }, n) => {
    if (as !== "'" && as !== '"') return true;
    const [before, after] = [signs[n - 1]?.as ?? '', signs[n + 1]?.as ?? ''];
    return digit.test(before) || (as === "'" && letter.test(before) && letter.test(after));
  });

/** Any run of blanks as one, of dashes as one, and the parts of a word that a line cut in two as one. */
function joined(signs: Sign[], hyphens: Hyphens): Sign[] {
  const runs: Sign[] = [];
  for (const sign of signs) {
    const last = runs.at(-1);
    const isRun = last && ((isBlank(sign) && isBlank(last)) || (sign.as === '-' && last.as === '-'));
    if (!isRun) runs.push({ ...sign });
    else [last.to, last.as] = [sign.to, last.as === '\n' || sign.as === '\n' ? '\n' : last.as];
  }
  return runs.filter(({ as }, n) => {
    const cuts = (at: number) =>
      runs[at]?.as === '-' &&
      runs[at + 1]?.as === '\n' &&
      letter.test(runs[at - 1]?.as ?? '') &&
      letter.test(runs[at + 2]?.as ?? '');
    return !(hyphens === 'cut' && ((as === '-' && cuts(n)) || (as === '\n' && cuts(n - 1))));
  });
}

/** `( a )` is `(a)`, and `§ 5` is `§5`; but `1. 500` is not `1.500`. */
function withoutBlanksAtSigns(signs: Sign[]): Sign[] {
  const isWord = ({ as }: Sign) => /^[\p{L}\p{M}\p{N}]/u.test(as);
  return signs.flatMap((sign, n) => {
    if (!isBlank(sign)) return [sign];
    const [before, after] = [signs[n - 1], signs[n + 1]];
    if (!before || !after) return [];
    const ofFigures = (a: Sign | undefined, b: Sign | undefined, mark: Sign) =>
      /^[.,:/']$/.test(mark.as) && digit.test(a?.as ?? '') && digit.test(b?.as ?? '');
    const apart =
      (isWord(before) && isWord(after)) ||
      ofFigures(signs[n - 2], after, before) ||
      ofFigures(before, signs[n + 2], after);
    return apart ? [{ ...sign, as: ' ' }] : [];
  });
}

const isBlank = ({ as }: Sign) => as === ' ' || as === '\n';

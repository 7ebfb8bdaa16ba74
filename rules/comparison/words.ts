/** A word of a text as it is compared, and where it stands in the text. */
export interface Word {
  word: string;
  at: number;
  to: number;
}

/**
 * What may differ between two texts that say the same: spaces, tabs, no-break spaces and ends of lines; the shape of quote
 * marks and dashes; emphasis as Markdown marks it; how an accented letter is composed. Nothing else: other blanks, a carriage
 * return by itself, characters that nobody sees and letters that only look alike are part of a word.
 */
export function wordsOf(text: string, from = 0, to = text.length): Word[] {
  const words: Word[] = [];
  const unbroken = /(?:[^ \t\n\r\u00a0]|\r(?!\n))+/g;
  unbroken.lastIndex = from;
  for (let found = unbroken.exec(text); found && found.index < to; found = unbroken.exec(text))
    words.push({ word: compared(found[0]), at: found.index, to: found.index + found[0].length });
  return words;
}

/** A text as it is compared, its words parted by single spaces. */
export const plain = (text: string): string =>
  wordsOf(text)
    .map(({ word }) => word)
    .join(' ');

const opening = /^(?<lead>["'([]*)(?:\*{1,3}|_{1,3})(?=[^\s*_])/;
const closing = /(?<=[^\s*_])(?:\*{1,3}|_{1,3})(?<rest>["')\].,:;]*)$/;

const compared = (word: string): string =>
  word
    .normalize('NFC')
    .replaceAll(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"')
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replace(opening, '$<lead>')
    .replace(closing, '$<rest>');

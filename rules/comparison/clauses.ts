import { type Word, wordsOf } from './words.ts';

export interface Clause {
  /** As `8.1(a)`. */
  path: string;
  /** Its words, its number first. An unnumbered paragraph belongs to the clause that it follows. */
  words: Word[];
  /** The same without the number, for looking it up. */
  said: string;
}

export interface Numbered {
  /** Where the first clause begins; all of the text where there is none. */
  from: number;
  clauses: Clause[];
}

const number = /^([ \t]*)(\d{1,4}|[a-z])[.)][ \t\u00a0]+\S/;

/** The numbered clauses of a text by their indentation, with every word from the first number on. */
export function clausesOf(text: string): Numbered {
  const starts: { path: string; at: number }[] = [];
  let [section, sub] = ['', ''];
  for (const { line, at } of linesOf(text)) {
    const [, indent, mark] = number.exec(line) ?? [];
    if (indent === undefined || mark === undefined) continue;
    const depth = depthOf(indent);
    if (depth === 0) [section, sub] = [mark, ''];
    if (depth === 1) sub = mark;
    const path = depth === 0 ? section : depth === 1 ? `${section}.${sub}` : `${section}.${sub}(${mark})`;
    starts.push({ path: path.slice(0, 40), at });
  }
  const clauses = starts.map(({ path, at }, index): Clause => {
    const words = wordsOf(text, at, starts[index + 1]?.at ?? text.length);
    return {
      path,
      words,
      said: words
        .map(({ word }) => word)
        .slice(1)
        .join(' '),
    };
  });
  return { from: starts[0]?.at ?? text.length, clauses };
}

export function* linesOf(text: string): Generator<{ line: string; at: number }> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const to = end < 0 ? text.length : end;
    yield { line: text.slice(at, to), at };
    at = to + 1;
  }
}

function depthOf(indent: string): 0 | 1 | 2 {
  const columns = indent.replaceAll('\t', '    ').length;
  return columns < 2 ? 0 : columns < 6 ? 1 : 2;
}

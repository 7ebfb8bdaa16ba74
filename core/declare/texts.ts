/**
 * A text that is stored apart from its case, so that it never stands in Temporal's history: by its SHA-256, its length in
 * UTF-16 code units, and how many parts a model is asked about one by one. `part`, from 1, means that part alone.
 */
export interface TextRef {
  ref: `sha256:${string}`;
  characters: number;
  parts: number;
  part?: number | undefined;
}

/** The parts of a text, in order, each of at most 40,000 characters and cut at the end of a line. */
export const partsOf = (text: TextRef): TextRef[] =>
  Array.from({ length: text.parts }, (_, n) => ({ ...text, part: n + 1 }));

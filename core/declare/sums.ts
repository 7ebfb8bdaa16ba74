import type { z } from 'zod';

type Fields = z.ZodObject;

/**
 * A fact that no caller gives: what this case comes to, together with what other cases of the process had on the same kind of
 * terms. So a large sum that is split over many cases is ruled on as the large sum that it is. Read from Baton's own store.
 */
export interface Sum<Of extends string = string, Per extends string = string> {
  /**
   * A field of the terms, or `list.field` for each line of a list. Numbers are added up, each currency (`currency` of the line,
   * else of the terms) for itself, and the largest total is the fact; of texts, the different ones are counted.
   */
  of: Of;
  /** What must be the same in both cases: fields of the terms or of the line, or who asked for the case. */
  per: readonly (Per | 'requester')[];
  /** How long a write counts. By the database's clock, never by a case's own. */
  within: `${number} ${'minutes' | 'hours' | 'days'}`;
}

export interface Summing<Verdict extends string = string, Sums = Readonly<Record<string, Sum>>> {
  /** By the names of their facts. */
  sums: Sums;
  /** On which verdicts the terms may be written, by a rule or by a person: an open case counts while one of these was its last. */
  countedOn: readonly Verdict[];
}

/** Each sum is a number among the facts. */
export type AmongFacts<F extends Fields, Sums> = {
  [N in keyof Sums]: N extends keyof F['shape'] ? (z.output<F['shape'][N]> extends number ? unknown : never) : never;
};

type Countable = number | string;
type Named<T> = keyof T & string;
type LineOf<T> = T extends readonly (infer L)[] ? L : never;

/** The fields of the terms that a sum may be of. */
type Path<T> = {
  [K in Named<T>]: T[K] extends Countable
    ? K
    : { [L in Named<LineOf<T[K]>>]: LineOf<T[K]>[L] extends Countable ? `${K}.${L}` : never }[Named<LineOf<T[K]>>];
}[Named<T>];

type Whose<T, Of> =
  Named<T> | 'requester' | (Of extends `${infer K extends Named<T>}.${string}` ? Named<LineOf<T[K]>> : never);

/** What sums on these terms may name. */
export type SumsOn<T, Sums> = {
  [N in keyof Sums]: Sums[N] extends { of: infer Of } ? { of: Path<T>; per: readonly Whose<T, Of>[] } : never;
};

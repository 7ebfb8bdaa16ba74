/**
 * Where the terms hold the amount of money that limits of authority are about: a field that holds minor units, and one that holds the
 * currency (or the currency itself). With `each`, of every line of these lists of the terms; then the sums in each currency count.
 */
export interface LimitedBy {
  each?: readonly string[];
  amount: string;
  currency: string | { readonly is: string };
}

/** Answers that need a reason. Sending something back always needs one. */
export type NeedsReason = 'approved' | 'rejected' | 'amended';

type FieldsOf<T, Value> = { [F in keyof T]-?: T[F] extends Value ? F : never }[keyof T];

type CurrencyIn<T> = FieldsOf<T, string> | { readonly is: string };

/** Lists of the terms whose lines all hold these fields. */
type ListsWith<T, Amount, Currency> = {
  [F in keyof T]-?: T[F] extends readonly (infer Line)[]
    ? Amount extends FieldsOf<Line, number>
      ? Currency extends CurrencyIn<Line>
        ? F
        : never
      : never
    : never;
}[keyof T];

/** What a limit must name in these terms. */
export type LimitedIn<T, L> = L extends { each: readonly string[]; amount: infer A; currency: infer C }
  ? { each: readonly ListsWith<T, A, C>[] }
  : { amount: FieldsOf<T, number>; currency: CurrencyIn<T> };

/**
 * A piece of a period that is read from counts of whole UTC months or days, or from the steps themselves. Instants. `sign` is -1 where
 * what lies in it is taken off again.
 */
export interface Piece {
  span: 'month' | 'day' | 'step';
  sign: 1 | -1;
  from: number;
  to: number;
}

const day = 86_400_000;
const monthOf = (at: number, after: number) =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + after);
const nearer = (at: number, before: number, after: number) => (at - before <= after - at ? before : after);
const nearest = {
  month: (at: number) => nearer(at, monthOf(at, 0), monthOf(at, 1)),
  day: (at: number) => Math.round(at / day) * day,
};

/**
 * A period as the whole months nearest to it, with what it has beside them and without what they have beside it: that in whole days, and
 * the rest step by step. So the months of a zone cost little more than those of UTC.
 */
export const piecesOf = (from: number, to: number): Piece[] => cover('month', from, to);

function cover(span: Piece['span'], from: number, to: number): Piece[] {
  if (span === 'step') return from < to ? [{ span, sign: 1, from, to }] : [];
  const finer = span === 'month' ? 'day' : 'step';
  const [first, last] = [nearest[span](from), nearest[span](to)];
  if (Math.abs(first - from) + Math.abs(last - to) >= last - first) return cover(finer, from, to);
  return [
    { span, sign: 1, from: first, to: last },
    ...cover(finer, from, first),
    ...without(cover(finer, first, from)),
    ...cover(finer, last, to),
    ...without(cover(finer, to, last)),
  ];
}

const without = (pieces: readonly Piece[]): Piece[] => pieces.map((one) => ({ ...one, sign: one.sign === 1 ? -1 : 1 }));

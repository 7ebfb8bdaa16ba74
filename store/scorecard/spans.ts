/** A piece of a period that is read from counts of whole UTC months or days, or from the steps themselves. Instants. */
export interface Piece {
  span: 'month' | 'day' | 'step';
  from: number;
  to: number;
}

const day = 86_400_000;
const dayFrom = (at: number) => Math.ceil(at / day) * day;
const dayUntil = (at: number) => Math.floor(at / day) * day;
const month = (at: number, after: number) =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + after);
const monthFrom = (at: number) => (month(at, 0) === at ? at : month(at, 1));

/** A period in as few pieces as there can be: whole months, then whole days, and the rest step by step. */
export function piecesOf(from: number, to: number): Piece[] {
  const [days, untilDay] = [dayFrom(from), dayUntil(to)];
  if (days >= untilDay) return kept([{ span: 'step', from, to }]);
  const [months, untilMonth] = [monthFrom(days), month(untilDay, 0)];
  const ends: Piece[] = [
    { span: 'step', from, to: days },
    { span: 'step', from: untilDay, to },
  ];
  if (months >= untilMonth) return kept([...ends, { span: 'day', from: days, to: untilDay }]);
  return kept([
    ...ends,
    { span: 'day', from: days, to: months },
    { span: 'month', from: months, to: untilMonth },
    { span: 'day', from: untilMonth, to: untilDay },
  ]);
}

const kept = (pieces: readonly Piece[]): Piece[] => pieces.filter(({ from, to }) => from < to);

/** What became of each row of a table, by the names of its rules. */

export interface Row {
  rule: string;
  because?: string;
  when?: Readonly<Record<string, string>>;
  verdict: string;
  outputs?: Readonly<Record<string, unknown>>;
}

export interface RowChange {
  rule: string;
  before?: Row;
  after?: Row;
  /** Places in the tables, from 1. */
  from?: number;
  to?: number;
  what: ('added' | 'removed' | 'changed' | 'moved')[];
}

const said = ({ because, when, verdict, outputs }: Row) => JSON.stringify([because, when, verdict, outputs]);

/** In the order of the newer table, each removed row behind the row that it stood behind. */
export function diffTables(before: readonly Row[], after: readonly Row[]): RowChange[] {
  const moved = movedIn(before, after);
  const changes = after.map((row, n): RowChange => {
    const place = before.findIndex(({ rule }) => rule === row.rule);
    if (place < 0) return { rule: row.rule, after: row, to: n + 1, what: ['added'] };
    const was = before[place]!;
    const what = [
      ...(said(was) === said(row) ? [] : (['changed'] as const)),
      ...(moved.has(row.rule) ? (['moved'] as const) : []),
    ];
    return { rule: row.rule, before: was, after: row, from: place + 1, to: n + 1, what };
  });
  for (const [n, row] of before.entries()) {
    if (after.some(({ rule }) => rule === row.rule)) continue;
    const behind = changes.findIndex(({ rule }) => rule === before[n - 1]?.rule);
    changes.splice(behind + 1, 0, { rule: row.rule, before: row, from: n + 1, what: ['removed'] });
  }
  return changes;
}

/** The fewest rows whose moving explains the new order: all but a longest run that kept its order. */
function movedIn(before: readonly Row[], after: readonly Row[]): Set<string> {
  const both = after.filter(({ rule }) => before.some((one) => one.rule === rule)).map(({ rule }) => rule);
  const places = both.map((rule) => before.findIndex((one) => one.rule === rule));
  const longest: number[][] = [];
  for (const [n, place] of places.entries()) {
    const runs = longest.slice(0, n).filter((run) => places[run.at(-1)!]! < place);
    longest.push([...(runs.toSorted((a, b) => b.length - a.length)[0] ?? []), n]);
  }
  const kept = new Set(longest.toSorted((a, b) => b.length - a.length)[0] ?? []);
  return new Set(both.filter((_, n) => !kept.has(n)));
}

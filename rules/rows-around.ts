import { holds } from './decision-table-cell.ts';
import type { CompiledTable } from './decision-table.ts';

/** A row that a slightly larger or smaller number would have hit. */
export interface NearRow {
  rule: string;
  fact: string;
  value: number;
  expression: string;
}

/** What else of a table speaks for more care, beside the row that ruled. */
export interface RowsAround {
  /** Rows that hold, too, and came later or are added up. */
  also: string[];
  near: NearRow[];
}

/** A number is near where a tenth more or less of it, or one, would have made the difference. */
const nudged = (value: number): number[] => {
  const step = Math.max(1, Math.abs(Math.round(value / 10)));
  return [value - step, value + step];
};

/** The other rows with a verdict that is not the least careful one, which these facts hit, or hit all but one number of. */
export function rowsAround(table: CompiledTable, facts: Readonly<Record<string, unknown>>, rule: string): RowsAround {
  const others = table.rows.filter(
    (row) => row.rule !== rule && row.verdict !== table.verdicts[0] && row.cells.length > 0,
  );
  const around: RowsAround = { also: [], near: [] };
  for (const row of others) {
    const missed = row.cells.filter(([fact, expression]) => !holds(expression, facts[fact]));
    const [only] = missed;
    if (!only) around.also.push(row.rule);
    else if (missed.length === 1) around.near.push(...nearBy(row.rule, only, facts));
  }
  return around;
}

function nearBy(
  rule: string,
  [fact, expression]: readonly [string, string],
  facts: Readonly<Record<string, unknown>>,
): NearRow[] {
  const value = facts[fact];
  if (typeof value !== 'number' || Math.abs(value) < 2) return []; // none or one is near nothing
  return nudged(value).some((other) => holds(expression, other)) ? [{ rule, fact, value, expression }] : [];
}

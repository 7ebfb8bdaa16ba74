import type { CompiledTable, Decided } from './decision-table.ts';

type Row<V extends string> = CompiledTable<V>['rows'][number];
type Outputs = Readonly<Record<string, unknown>>;

/**
 * The answer of a table that collects: all rows that hold count, numbers they give are added up, and the most careful of their
 * verdicts stands. The last row always holds: it is what the others are added to, and is named only where no other holds.
 */
export function collected<V extends string>({ rows, verdicts }: CompiledTable<V>, holds: (row: Row<V>) => boolean) {
  const hits = rows.flatMap((row, index) => (holds(row) ? [index] : []));
  const held = hits.map((hit) => rows[hit]!);
  const verdict = verdicts.findLast((one) => held.some((row) => row.verdict === one))!;
  const named = held.length > 1 ? held.slice(0, -1) : held;
  const outputs = held.reduce<Outputs>((sum, row) => added(sum, row.outputs), {});
  return { rule: named.map(({ rule }) => rule).join(', '), verdict, outputs, hits } satisfies Decided<V>;
}

const added = (sum: Outputs, more: Outputs): Outputs => {
  const merged = { ...sum };
  for (const [name, value] of Object.entries(more)) {
    const before = merged[name];
    merged[name] = typeof before === 'number' && typeof value === 'number' ? before + value : value;
  }
  return merged;
};

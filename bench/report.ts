import type { Name } from './contestant.ts';
import { median, type Owner, type Sample } from './measure.ts';

const owners: Owner[] = ['temporal', 'worker', 'postgres', 'systems', 'model'];
const titles: Record<Name, string> = {
  refund: 'Baton refund',
  empty: 'empty workflow',
  bare: 'bare workflow',
  leanEmpty: 'empty, lean',
  leanBare: 'bare, lean',
  plain: 'plain Postgres',
};

/** The median of several samples, column by column. */
export function medianOf(samples: readonly Sample[]): Sample {
  const first = samples[0]!;
  const of = (value: (sample: Sample) => number) => median(samples.map(value));
  return {
    ...first,
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p95: of(({ p95 }) => p95),
    cpu: Object.fromEntries(owners.map((owner) => [owner, of(({ cpu }) => cpu[owner])])) as Sample['cpu'],
    others: of(({ others }) => others),
    events: of(({ events }) => events),
    bytes: of(({ bytes }) => bytes),
  };
}

/** Temporal (with its database) and the worker: what an engine's user pays for the engine. */
export const engineCpu = ({ cpu }: Sample): number => cpu.temporal + cpu.worker;
export const allCpu = ({ cpu }: Sample): number => owners.reduce((sum, owner) => sum + cpu[owner], 0);

const columns = [
  ...['', 'cases/s', 'p50 ms', 'p95 ms'],
  ...['Temporal', 'worker', 'Postgres', 'systems', 'model', 'engine', 'all'],
  ...['events', 'bytes', 'eager', 'others'],
];

export function table(samples: readonly Sample[]): string {
  const rows = samples.map((sample) => [
    titles[sample.name],
    ...[sample.perSecond, sample.p50, sample.p95].map((value) => value.toFixed(1)),
    ...owners.map((owner) => sample.cpu[owner].toFixed(1)),
    ...[engineCpu(sample), allCpu(sample)].map((value) => value.toFixed(1)),
    ...[sample.events, sample.bytes].map((value) => (Number.isNaN(value) ? '-' : String(value))),
    sample.eager,
    `${sample.others.toFixed(2)}`,
  ]);
  return grid([columns, ...rows]);
}

export function grid(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return rows.map(line).join('\n');
}

/** The refund's CPU over another's. */
export function ratios(samples: readonly Sample[]): string {
  const refund = samples.find(({ name }) => name === 'refund');
  if (!refund) return '';
  const lines = samples
    .filter((sample) => sample !== refund)
    .map((other) => {
      const [engine, all] = [engineCpu(refund) / engineCpu(other), allCpu(refund) / allCpu(other)];
      return `  refund / ${titles[other.name]}: engine CPU ${engine.toFixed(2)}, all CPU ${all.toFixed(2)}`;
    });
  return lines.join('\n');
}

/** For a straight-through refund unless it says otherwise. CPU is all there is, over the bare workflow's in the same run. */
export const targets = { events: 22, overBare: 0.9, beyondModelMs: 120, kibPerWaiting: 60 };

/** Holds a batch of refunds against the targets. */
export function verdicts(
  samples: readonly Sample[],
  { approval, atOnce, modelMs }: { approval: boolean; atOnce: number; modelMs: number },
): string {
  const by = (name: Name) => samples.find((sample) => sample.name === name);
  const [refund, bare] = [by('refund'), by('bare')];
  if (!refund) return '';
  const held = (what: string, value: number, limit: number) =>
    `  ${value <= limit ? 'held  ' : 'MISSED'} ${what}: ${value.toFixed(2)} of at most ${limit}`;
  return [
    ...(approval ? [] : [held('history events', refund.events, targets.events)]),
    ...(bare ? [held('all CPU over the bare workflow', allCpu(refund) / allCpu(bare), targets.overBare)] : []),
    ...(atOnce === 1 && !approval
      ? [held('p50 beyond the model, ms', refund.p50 - modelMs, targets.beyondModelMs)]
      : []),
  ].join('\n');
}

import type { Request, Terms, Written } from './types.ts';

/** Exactly the writes that are taken back. */
export function termsOf({ caseId, because }: Request, writes: readonly Written[]): Terms {
  const reversible = writes.flatMap(({ keptBecause, compensatedBy, ...write }) =>
    keptBecause === null && compensatedBy !== null ? [{ ...write, compensatedBy }] : [],
  );
  return { caseId, because, writes: reversible.map((write, n) => ({ id: `${n + 1}`, ...write })) };
}

export const keptOf = (writes: readonly Written[]) =>
  writes.flatMap(({ key, keptBecause: because }) => (because === null ? [] : [{ key, because }]));

/** What became of the writes that were to be taken back. */
export function whatBecameOf(
  { writes }: Terms,
  undone: readonly { id: string; became?: string; because?: string | undefined }[],
) {
  const became = writes.map(({ id, key }) => ({ key, ...undone.find((one) => one.id === id) }));
  return {
    compensated: became.flatMap(({ key, became }) => (became === 'compensated' ? [key] : [])),
    left: became.flatMap(({ key, became, because }) =>
      became === 'compensated' ? [] : [{ key, because: because ?? `it is ${became ?? 'somebody’s task'}` }],
    ),
  };
}

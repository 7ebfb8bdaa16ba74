import type { Query, QueryClient } from '@tanstack/react-query';
import type { Change } from './follow.ts';

/** Lists and counts, by the subjects of their keys: they are asked for again at most so often. */
const lists = new Set<unknown>(['handoffs', 'questions', 'queues', 'queue', 'cases', 'requests', 'processes']);
const listsEveryMs = 3_000;
const gatherMs = 150;

/** What never changes by what happens in cases. */
const fixed = new Set<unknown>(['words', 'connection', 'declared', 'text']);

/** Asks again for what is shown; what nobody looks at is asked for when they do. */
const refetchType = () => (document.hidden ? 'none' : 'active');

export const refreshAll = (client: QueryClient) =>
  void client.invalidateQueries({
    predicate: ({ queryKey }) => !fixed.has(queryKey[0]),
    refetchType: refetchType(),
  });

/** Asks again for what a change is about: at once for the thing itself, a little later for the lists that hold it. */
export function createRefresh(client: QueryClient): (change: Change) => void {
  const ids = new Set<unknown>();
  let soon: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  let lastLists = 0;
  const invalidate = (predicate: (query: Query) => boolean) =>
    void client.invalidateQueries({ predicate, refetchType: refetchType() });
  const things = () => {
    soon = undefined;
    const changed = new Set(ids);
    ids.clear();
    invalidate(({ queryKey }) => queryKey.some((part) => changed.has(part)));
  };
  const all = () => {
    later = undefined;
    lastLists = Date.now();
    invalidate(({ queryKey }) => lists.has(queryKey[0]));
  };
  return ({ caseId, handoffId, questionId }) => {
    for (const id of [caseId, handoffId, questionId]) if (id !== undefined) ids.add(id);
    soon ??= setTimeout(things, gatherMs);
    later ??= setTimeout(all, Math.max(gatherMs, lastLists + listsEveryMs - Date.now()));
  };
}

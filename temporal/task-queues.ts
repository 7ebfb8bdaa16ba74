/** What a worker process does: run the cases, call the systems that were slow, ask the models. Each has its own queue. */
export const kinds = ['cases', 'systems', 'models'] as const;
export type Kind = (typeof kinds)[number];

/** The queue of a kind, where the cases' is `taskQueue`. */
export const queueOf = (taskQueue: string, kind: Kind): string =>
  kind === 'cases' ? taskQueue : `${taskQueue}-${kind}`;

/** The case's own clock, which a test or a replayed event may have set. */
export interface Clock {
  /** An ISO instant. */
  now(): string;
  /** The day by UTC, as YYYY-MM-DD. */
  today(): string;
}

/** The store's clock opened the case, Temporal's goes on from there: it is never earlier. */
export function clockFrom({ openedAt, clockOffsetMs }: { openedAt: string; clockOffsetMs: number }): Clock {
  let last = Date.parse(openedAt);
  const now = () => {
    last = Math.max(last, Date.now() + clockOffsetMs);
    return new Date(last).toISOString();
  };
  return { now, today: () => now().slice(0, 10) };
}

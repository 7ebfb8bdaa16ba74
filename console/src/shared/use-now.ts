import { useEffect, useState } from 'react';

const realTime = { clockAheadMs: 0 };

/**
 * What the clock of a case shows that some instant is of, again every minute, so that what is left of a span stays true; the real
 * time where nothing is named. In milliseconds.
 */
export function useNow({ clockAheadMs }: { clockAheadMs: number } = realTime): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now + clockAheadMs;
}

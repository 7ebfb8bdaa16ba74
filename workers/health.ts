import { utimesSync, writeFileSync } from 'node:fs';

/** A container's health check looks at the age of the file; it is older than this once two looks in a row failed. */
const everyMs = 10_000;

/** Touches `file` from time to time, as long as `isWell` says so. Answers how to end it. */
export function keepHealthFile(file: string, isWell: () => Promise<boolean>): () => void {
  const look = async () => {
    if (!(await isWell().catch(() => false))) return;
    writeFileSync(file, '');
    const now = new Date();
    utimesSync(file, now, now);
  };
  void look();
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

import { once } from 'node:events';
import type { Response } from 'express';

/** So long a reader may take nothing; it holds what the pieces are read from. */
const patienceMs = 60_000;

/** Writes pieces as fast as they are taken, and ends; stops where nobody reads any more. */
export async function stream(res: Response, pieces: AsyncIterable<string>): Promise<void> {
  await writePieces(res, pieces);
  res.end();
}

/** The same without the end: for whoever must let go of something before the reader sees it. */
export async function writePieces(res: Response, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (res.destroyed) return;
    if (!res.write(piece)) await taken(res);
  }
}

async function taken(res: Response): Promise<void> {
  const over = new AbortController();
  const listening = { signal: over.signal };
  const timer = setTimeout(() => res.destroy(), patienceMs);
  try {
    await Promise.race([once(res, 'drain', listening), once(res, 'close', listening)]);
  } finally {
    clearTimeout(timer);
    over.abort(); // or the one that lost would listen for ever
  }
}

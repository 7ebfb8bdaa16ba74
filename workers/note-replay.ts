import type { Pool } from 'pg';
import { noteNotReplayed } from '../store/operations.ts';
import { ReplayFailed } from './replay.ts';

/** Does `replay`, and notes in the store what does not replay on this build. */
export async function notingFailures<T>(pool: Pool, build: string, replay: () => Promise<T>): Promise<T> {
  try {
    return await replay();
  } catch (error) {
    if (error instanceof ReplayFailed) await noteNotReplayed(pool, build, error.failed);
    throw error;
  }
}

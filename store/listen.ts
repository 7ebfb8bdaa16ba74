import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';

export interface Listener {
  /** The text of a notification. */
  told(text: string): void;
  /** Notifications may have been missed: the connection is there again after it was lost. */
  missed(): void;
}

export interface Listening {
  close(): Promise<void>;
}

const againMs = 1_000;
/** A server that vanished does not say so. */
const askedEveryMs = 15_000;

/** Listens on a channel over a connection of the pool that it keeps, and over another when that one is lost. */
export function listen(pool: Pool, channel: string, listener: Listener, report: Report): Listening {
  const closing = new AbortController();
  const { signal } = closing;
  const fault = ongoingFault(report, `listening on ${channel}`);
  const pause = (ms: number, until = signal) => delay(ms, undefined, { signal: until }).catch(() => undefined);
  let first = true;

  const hear = async (db: PoolClient, lost: AbortSignal): Promise<void> => {
    await db.query(`listen ${channel}`);
    fault.over();
    if (!first) listener.missed();
    first = false;
    while (!signal.aborted) {
      await db.query('select 1');
      await pause(askedEveryMs, AbortSignal.any([signal, lost]));
    }
    await db.query(`unlisten ${channel}`);
  };

  const once = async (): Promise<void> => {
    const db = await pool.connect();
    const heard = ({ payload = '' }: { payload?: string | undefined }) => listener.told(payload);
    const lost = new AbortController();
    const ended = () => lost.abort(); // the next statement says why
    db.on('notification', heard).on('error', ended);
    let broken: Error | undefined;
    try {
      await hear(db, lost.signal);
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      db.off('notification', heard).off('error', ended);
      db.release(broken);
    }
  };

  const run = async () => {
    while (!signal.aborted) {
      await once().catch(fault.met);
      if (!signal.aborted) await pause(againMs);
    }
  };
  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

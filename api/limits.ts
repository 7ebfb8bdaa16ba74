import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';
import type { Request } from 'express';
import type { Route } from './route.ts';
import { Problem } from './problems.ts';

/** What this process takes on at once; each is a variable of the environment. */
export interface Limits {
  /** Further connections are closed at once. */
  connections: number;
  /** Of one caller; of one address, where nobody is known. */
  requestsPerMinute: number;
  /** For all bodies over 64 KiB under way; half of it is the webhooks'. */
  bodyMebibytes: number;
  /** How many proxies stand before the API, each of which adds the address that it was called from. */
  proxies: number;
}

export const usualLimits: Limits = { connections: 1_000, requestsPerMinute: 12_000, bodyMebibytes: 16, proxies: 0 };

export const limitsOf = (settings: {
  MAX_CONNECTIONS: number;
  REQUESTS_PER_MINUTE: number;
  BODY_MEBIBYTES: number;
  TRUSTED_PROXIES: number;
}): Limits => ({
  connections: settings.MAX_CONNECTIONS,
  requestsPerMinute: settings.REQUESTS_PER_MINUTE,
  bodyMebibytes: settings.BODY_MEBIBYTES,
  proxies: settings.TRUSTED_PROXIES,
});

/** Counts each caller's requests within a minute. */
export function createCallerLimit({ requestsPerMinute }: Limits) {
  const store = new MemoryStore();
  store.init({ windowMs: 60_000 } as Options);
  return {
    /** Throws `Problem` `too-many-requests`. */
    async count(caller: string): Promise<void> {
      const { totalHits, resetTime } = await store.increment(caller);
      if (totalHits <= requestsPerMinute) return;
      const seconds = Math.max(1, Math.ceil((resetTime!.getTime() - Date.now()) / 1_000));
      throw new Problem('too-many-requests', '', { headers: { 'retry-after': String(seconds) } });
    },
  };
}

export type CallerLimit = ReturnType<typeof createCallerLimit>;

/** Whoever cannot be told apart by name. No person's name holds a blank before an address. */
export const addressOf = ({ ip = '' }: Request): string => `address ${ipKeyGenerator(ip)}`;

const mebibyte = 1024 * 1024;
export const smallBody = 64 * 1024;

/** Room for one body; small ones need none. */
export interface BodyRoom {
  /** Room for so many bytes in all. Throws `Problem` `overloaded`. */
  take(bytes: number): void;
  leave(): void;
}

/** Room for large bodies, that of webhooks apart: who sends them is not known before their body is read. */
export function createBodyRooms({ bodyMebibytes }: Limits): (who: Route['who']) => BodyRoom {
  const half = (bodyMebibytes * mebibyte) / 2;
  const free = { signed: half, known: half };
  return (who) => {
    const kind = who === 'signed' ? 'signed' : 'known';
    let taken = 0;
    return {
      take(bytes) {
        const more = bytes - taken;
        if (bytes <= smallBody || more <= 0) return;
        if (more > free[kind]) throw new Problem('overloaded', '', { headers: { 'retry-after': '1' } });
        free[kind] -= more;
        taken = bytes;
      },
      leave() {
        free[kind] += taken;
        taken = 0;
      },
    };
  };
}

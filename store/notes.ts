import type { Pool } from 'pg';
import { row } from './pool.ts';

/** Kept with the write itself, before it is sent: whether what it writes was there already. */
export const notesIn = (pool: Pool) => ({
  find: async (key: string): Promise<boolean | null> => {
    const sql = 'select was_there as "wasThere" from actions where key = $1';
    return (await row<{ wasThere: boolean | null }>(pool, 'notes.find', sql, [key]))?.wasThere ?? null;
  },
  keep: async (key: string, wasThere: boolean | null): Promise<void> => {
    await row(pool, 'notes.keep', 'update actions set was_there = $2 where key = $1', [key, wasThere]);
  },
});

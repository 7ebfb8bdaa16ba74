/** What was so before a write went out to a system that keeps no keys: whether what it writes was there. By the key of the write. */
export interface Notes {
  /** Null: none was kept. */
  find(key: string): Promise<boolean | null>;
  /** Null: nothing that was sent can have changed it. */
  keep(key: string, wasThere: boolean | null): Promise<void>;
}

/** Notes of this process, which are lost with it. */
export function notesInMemory(): Notes {
  const kept = new Map<string, boolean | null>();
  return {
    find: (key) => Promise.resolve(kept.get(key) ?? null),
    keep: (key, wasThere) => Promise.resolve(void kept.set(key, wasThere)),
  };
}

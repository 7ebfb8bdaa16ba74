import { useCallback, useEffect, useState } from 'react';

const prefix = 'baton.typed.';

/**
 * State that outlives a reload and a new sign-in in this tab, for what somebody has typed and not sent. `forget` before leaving the
 * page for good.
 */
export function useKept<T>(name: string, first: () => T) {
  const key = prefix + name;
  const [value, setValue] = useState<T>(() => read(key) ?? first());
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // there is no room: then it is here as long as the page is
    }
  }, [key, value]);
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { value, setValue, forget };
}

function read<T>(key: string): T | undefined {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as T);
}

/** What one person typed is not the next one's to see. */
export function forgetTyped(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

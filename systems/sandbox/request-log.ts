import type { Logged, Store } from './store.ts';

export interface RequestLog {
  add(line: Logged): void;
  /** Resolves once all that was added can be read. */
  flush(): Promise<void>;
}

/** Keeps every request received, written in batches: one line each would double the cost of a call. */
export function createRequestLog(store: Store): RequestLog {
  let waiting: Logged[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    if (lines.length > 0) {
      writing = writing
        .then(() => store.log(lines))
        .catch((error: Error) => console.error(`sandbox: ${lines.length} requests not logged: ${error.message}`));
    }
    return writing;
  }

  return {
    add(line) {
      waiting.push(line);
      if (waiting.length >= 200) void flush();
      else timer ??= setTimeout(() => void flush(), 250);
    },
    flush,
  };
}

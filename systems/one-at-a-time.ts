/** Runs what is for the same key one after the other, in this process. */
export function oneAtATime() {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    const running = Promise.resolve(last.get(key)).then(run, run);
    last.set(key, running);
    try {
      return await running;
    } finally {
      if (last.get(key) === running) last.delete(key);
    }
  };
}

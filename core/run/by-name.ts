type Named = (...args: never[]) => unknown;

/** An object with a property for every name that a process declares. The compiler knows the names; at run time any name is made. */
export const byName = <T>(make: (name: string) => T, known: Record<string, Named> = {}): Record<string, T> =>
  new Proxy({} as Record<string, T>, {
    get: (_, name) => {
      if (typeof name !== 'string' || name === 'then' || name === 'toJSON') return undefined; // a promise or a printer asks, not a process
      return known[name] ?? make(name);
    },
  });

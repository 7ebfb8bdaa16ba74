import type { Step } from './activities.ts';

type Named = (...args: never[]) => unknown;

/** Numbers the steps of a case, each within its name and line: `<caseId>/<name>-<n>`. */
export function counting(caseId: string, process: string): (name: string, of?: string) => Step {
  const times = new Map<string, number>();
  return (name, of) => {
    const series = of === undefined ? name : `${name}:${of}`;
    const n = (times.get(series) ?? 0) + 1;
    times.set(series, n);
    return { caseId, process, name, key: `${caseId}/${series}-${n}` };
  };
}

/** `verb.name(...)` for every name a process declares; what is not declared does not compile. */
export function verb(
  take: (name: string, ...args: unknown[]) => unknown,
  more: 'made' | Record<string, Named> = {},
): Record<string, Named> {
  return new Proxy({} as Record<string, Named>, {
    get: (_, name) => {
      if (typeof name !== 'string' || name === 'then' || name === 'toJSON') return undefined; // a promise or a printer asks, not a process
      if (more === 'made') return take(name) as Named;
      return more[name] ?? ((...args: unknown[]) => take(name, ...args));
    },
  });
}

/** `check.name(facts, terms)` and `check.name.each(lines, terms)`. */
export const checking = (check: (name: string, lines: unknown[], terms: unknown) => Promise<unknown>) =>
  verb((name) => {
    const one = (facts: unknown, terms: unknown) => check(name, [facts], terms);
    return Object.assign(one, { each: (lines: readonly unknown[], terms: unknown) => check(name, [...lines], terms) });
  }, 'made');

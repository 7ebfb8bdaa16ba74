import { z } from 'zod';

const modes = [
  'refuse',
  'unavailable',
  'rate-limited',
  'broken',
  'slow',
  'hang',
  'late',
  'under-way',
  'lose-reply',
  'garbled',
  'stale',
  'missing-field',
] as const;

export const Fault = z.strictObject({
  /** `payments.refund`, `payments.*` or `*`. */
  operation: z.string(),
  mode: z.enum(modes),
  /** How many calls it spoils; all, when left out. */
  times: z.int().min(1).optional(),
  /**
   * `slow`: how long the call waits. `late`: after how long the write is applied whose connection was cut. `under-way`: how long
   * the write is at work, while further calls of its key are answered 409. `rate-limited`: what `Retry-After` asks for. `stale`: how
   * far back the answer's `asOf` lies.
   */
  ms: z.int().min(0).optional(),
  /** `refuse`: the code answered. */
  code: z.string().optional(),
});
export type Fault = z.infer<typeof Fault>;

/** What is done to a call. `at-work`: a write of its key is. */
export type Given = Omit<Fault, 'mode'> & { mode: Fault['mode'] | 'at-work' };

export interface Faults {
  add(fault: Fault): void;
  /** The oldest fault set for this operation, used up by one; of a write by its key. */
  next(operation: string, key?: string): Given | undefined;
  list(): Fault[];
  clear(): void;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  const atWorkUntil = new Map<string, number>();
  return {
    add: (fault) => void faults.push({ ...fault }),
    next(operation, key) {
      const write = `${operation} ${key}`;
      if (key !== undefined && Date.now() < (atWorkUntil.get(write) ?? 0)) return { operation, mode: 'at-work' };
      const hit = faults.find(
        (fault) =>
          fault.operation === operation ||
          fault.operation === '*' ||
          fault.operation === `${operation.split('.', 1)[0]}.*`,
      );
      if (hit?.times !== undefined && --hit.times === 0) faults = faults.filter((fault) => fault !== hit);
      if (hit?.mode === 'under-way') atWorkUntil.set(write, Date.now() + (hit.ms ?? 1_000));
      return hit;
    },
    list: () => faults,
    clear: () => void (faults = []),
  };
}

/** The answer of a read without its first field, lists in every element. */
export function withoutFirstField(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutFirstField);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).slice(1));
}

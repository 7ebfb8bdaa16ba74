import { z } from 'zod';

export const Fault = z.strictObject({
  /** `payments.refund`, `payments.*` or `*`. */
  operation: z.string(),
  mode: z.enum(['refuse', 'unavailable', 'slow', 'hang', 'lose-reply', 'stale', 'missing-field']),
  /** How many calls it spoils; all, when left out. */
  times: z.int().min(1).optional(),
  /** `slow`: how long the call waits. `stale`: how far back the answer's `asOf` lies. */
  ms: z.int().min(0).optional(),
  /** `refuse`: the code answered. */
  code: z.string().optional(),
});
export type Fault = z.infer<typeof Fault>;

export interface Faults {
  add(fault: Fault): void;
  /** The oldest fault set for this operation, used up by one. */
  next(operation: string): Fault | undefined;
  list(): Fault[];
  clear(): void;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    next(operation) {
      const hit = faults.find(
        (fault) =>
          fault.operation === operation ||
          fault.operation === '*' ||
          fault.operation === `${operation.split('.', 1)[0]}.*`,
      );
      if (hit?.times !== undefined && --hit.times === 0) faults = faults.filter((fault) => fault !== hit);
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

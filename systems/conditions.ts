import { z } from 'zod';
import usual from './conditions.json' with { type: 'json' };
import { type SystemName, systems } from './index.ts';

/** Below the 30 seconds of an activity, so that it can still say what became of its call. */
const longestTimeoutMs = 25_000;
const Span = z
  .int()
  .min(0)
  .max(30 * 86_400_000);

/** On which conditions a system is called. Spans are milliseconds. */
const Conditions = z.strictObject({
  /** How long Baton waits for one answer. */
  timeoutMs: z.int().min(10).max(longestTimeoutMs),
  /** How long a call can be at work in the system once it arrived: until then a write that was given up may still take effect. */
  longestCallMs: Span,
  /** How long a write, or the write that takes it back, is tried while the system is away. */
  retryForMs: Span,
  undoRetryForMs: Span,
  /** Calls under way at once, and calls a second, of each worker process. */
  atOnce: z.int().min(1).max(100_000),
  perSecond: z.number().min(0.01).max(100_000).optional(),
  /** It makes a key unusable when it is asked to. */
  fences: z.boolean(),
  /** It knows what became of a key. */
  keepsKeys: z.boolean(),
});
export type Conditions = z.infer<typeof Conditions>;
export type ConditionsOf = (system: string) => Conditions;

const names = Object.keys(systems) as [SystemName, ...SystemName[]];
const Some = Conditions.partial();
const Changes = z.strictObject({ defaults: Some.optional(), systems: z.partialRecord(z.enum(names), Some).optional() });
export type Changes = z.input<typeof Changes>;

/** The conditions of each system: those in `conditions.json`, changed as said. Throws a zod error for changes that are none. */
export function conditionsWith(changes: unknown = {}): ConditionsOf {
  const [ours, theirs] = [Changes.parse(usual), Changes.parse(changes)];
  const defaults = { ...ours.defaults, ...theirs.defaults };
  const known = new Map<string, Conditions>(
    names.map((name) => [name, Conditions.parse({ ...defaults, ...ours.systems?.[name], ...theirs.systems?.[name] })]),
  );
  const others = Conditions.parse(defaults);
  return (system) => known.get(system) ?? others;
}

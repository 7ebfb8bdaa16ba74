import type { z } from 'zod';
import type { LimitedBy, LimitedIn } from './authority.ts';
import type {
  Operation,
  Source,
  Inference,
  Verdicts,
  Owner,
  Takeover,
  Deciding,
  Action,
  Event,
  Schedule,
  ProcessDefinition,
} from './definition.ts';
import type { AmongFacts, Sum, Summing, SumsOn } from './sums.ts';

/** What declarations are written with: each function answers what it is given, and has the compiler check it. */

type Fields = z.ZodObject;
type Schema = z.ZodType;

export const source = <B extends Fields, G extends Schema>(s: Source<B, G>) => s;
export const inference = <G extends Fields, R extends Fields>(
  i: Inference<G, R> & {
    quotesFrom?: readonly (keyof G['shape'])[];
    shownAs?: Readonly<Partial<Record<keyof G['shape'], string>>>;
  },
): Inference<G, R> => i;
export function policy<
  const O extends string,
  F extends Fields,
  const V extends string,
  P extends Fields,
  const S extends Sums,
>(
  p: Verdicts<O, F, V> & { outputs: P } & Summing<NoInfer<V>, S & AmongFacts<F, S>>,
): Verdicts<O, F, V> & { outputs: P } & Summing<V, S>;
export function policy<const O extends string, F extends Fields, const V extends string, const S extends Sums>(
  p: Verdicts<O, F, V> & { outputs?: undefined } & Summing<NoInfer<V>, S & AmongFacts<F, S>>,
): Verdicts<O, F, V> & Summing<V, S>;
export function policy<const O extends string, F extends Fields, const V extends string, P extends Fields>(
  p: Verdicts<O, F, V> & { outputs: P; sums?: undefined },
): Verdicts<O, F, V> & { outputs: P };
export function policy<const O extends string, F extends Fields, const V extends string>(
  p: Verdicts<O, F, V> & { sums?: undefined },
): Verdicts<O, F, V>;
export function policy(p: unknown) {
  return p;
}
export function handoff<
  const O extends string,
  R extends Fields,
  const W extends Owner,
  const N extends string = never,
  const L extends LimitedBy | undefined = undefined,
>(
  h: Takeover<R, W, N> & { on: O; mayAmend: readonly [] } & Authority<L>,
): Takeover<R, W, N> & Deciding<O, never, undefined> & { limitedBy?: L };
export function handoff<
  const O extends string,
  R extends Fields,
  const A extends string,
  const B extends string | readonly string[],
  const W extends Owner,
  const N extends string = never,
  const L extends LimitedBy | undefined = undefined,
>(
  h: Takeover<R, W, N> & { on: O; mayAmend: readonly [A, ...A[]]; ruledAgainBy: B } & Authority<L>,
): Takeover<R, W, N> & Deciding<O, A> & { ruledAgainBy: B; limitedBy?: L };
export function handoff<R extends Fields, const W extends Owner, const N extends string = never>(
  h: Takeover<R, W, N> & { on?: undefined; mayAmend?: undefined },
): Takeover<R, W, N>;
export function handoff(h: Takeover) {
  return h;
}
/** Who may approve it, beside its owner. */
interface Authority<L> {
  limitedBy?: L;
  approvals?: number;
}
export const action = <const O extends string, I extends Fields, R extends Fields, const U extends Undo>(
  a: Omit<Action<O, I, R>, 'compensatedBy' | 'irreversible'> & U,
) => a;
export const schedule = <G extends Fields>(s: Schedule<G>) => s;
export const event = <B extends Fields, G extends Fields>(e: Event<B, G>) => e;

type Sums = Readonly<Record<string, Sum>>;

type Undo =
  { compensatedBy: Operation; irreversible?: undefined } | { irreversible: string; compensatedBy?: undefined };

type FieldOf<S extends Source> = keyof NonNullable<z.output<S['gives']>>;

/** The policies that rule on these terms. */
type PolicyOn<D extends ProcessDefinition, On> = {
  [N in keyof D['policies']]: D['policies'][N] extends { on: On } ? N : never;
}[keyof D['policies']];

/** What the sums of a policy name must be in its terms. */
type Summed<D extends ProcessDefinition, P> = P extends { on: infer On extends keyof D['terms']; sums: infer S }
  ? { sums: SumsOn<z.output<D['terms'][On]>, S> }
  : {};

type ByRequest<D extends ProcessDefinition> = D extends { internal: true }
  ? { by: 'request'; field: keyof D['request']['shape'] }
  : never;

type Limited<Terms, H> = H extends { limitedBy?: infer L }
  ? [L] extends [LimitedBy]
    ? { limitedBy?: LimitedIn<Terms, L> }
    : {}
  : {};

/** What of a handoff must be declared elsewhere in the process. */
type Fitting<D extends ProcessDefinition, H> = (H extends { on: infer On extends keyof D['terms'] }
  ? { mayAmend: readonly (keyof D['terms'][On]['shape'])[] } & (H extends { ruledAgainBy: string | readonly string[] }
      ? { ruledAgainBy: PolicyOn<D, On> | readonly PolicyOn<D, On>[] }
      : {}) &
      Limited<z.output<D['terms'][On]>, H>
  : { on?: keyof D['terms'] | undefined }) &
  (H extends { owner: { by: 'record'; source: infer S extends keyof D['context'] } }
    ? { owner: { field: FieldOf<D['context'][S]> } }
    : { owner: string | { by: 'ruling' } | { by: 'record'; source: keyof D['context'] } | ByRequest<D> }) & {
    notBy?: readonly (keyof D['handoffs'])[];
  };

/** Whatever a declaration names elsewhere in the same declaration must exist there: the compiler refuses the rest. */
export const defineProcess = <const D extends ProcessDefinition>(
  definition: D & {
    key: readonly (keyof D['request']['shape'] & string)[];
    saidBySystems?: readonly (keyof D['request']['shape'] & string)[];
    about?: readonly (keyof D['request']['shape'] & string)[];
    policies: { [N in keyof D['policies']]: { on: keyof D['terms'] } & Summed<D, D['policies'][N]> };
    handoffs: { [N in keyof D['handoffs']]: Fitting<D, D['handoffs'][N]> };
    actions: { [N in keyof D['actions']]: { on: keyof D['terms'] } };
  },
): D => definition;

import type { Effect } from '../world.ts';
import type { Random } from './random.ts';

/** Systems, what they hold of each kind. */
export type Records = Record<string, Record<string, object[]>>;

/** What comes in beside a case, before it begins. */
export interface Comes {
  name: string;
  by: object;
  data: object;
}

/** A case that is made for an attacker, and what the records alone bear out of it. */
export interface Attack {
  process: string;
  records: Records;
  request: Record<string, unknown>;
  comes?: Comes[];
  /** Each write that nothing bears out. Nobody approves anything in these cases, so whatever was written, a rule let through. */
  unfounded(effects: readonly Effect[]): string[];
}

/** Makes a case; whatever has an id gets one with this `n` in it. */
export type MakeAttack = (random: Random, n: string) => Attack;

export const bodiesOf = <Body>(effects: readonly Effect[], operation: string): Body[] =>
  effects.filter((effect) => effect.operation === operation).map(({ body }) => body as Body);

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Complains of every operation but these. */
export const onlyThese = (effects: readonly Effect[], allowed: readonly string[]): string[] =>
  effects
    .filter(({ operation }) => !allowed.includes(operation))
    .map(({ operation }) => `${operation} is never by rule`);

/** The names of the claims that do not hold. */
export const failing = (claims: Record<string, boolean>): string[] =>
  Object.keys(claims).filter((claim) => !claims[claim]);

/** So many days from today. */
export const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

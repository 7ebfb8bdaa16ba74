import { z } from 'zod';
import { CannotTell, createCall, headerSafe } from './call.ts';
import { type Conditions, conditionsWith, type ConditionsOf } from './conditions.ts';
import { SystemRefused, SystemUnavailable } from './errors.ts';
import type { CallOptions } from './http.ts';
import { splitOperation, systemOf } from './index.ts';
import { type Notes, notesInMemory } from './notes.ts';
import { scimWire } from './scim.ts';

export { SystemBusy, SystemRefused, SystemUnavailable, SystemUnderWay } from './errors.ts';
export type { CallOptions } from './http.ts';

/** What a system says became of a write. `unknown`: it cannot tell. */
export type Outcome = { state: 'applied'; result: unknown } | { state: 'none' } | { state: 'unknown' };
/** `fenced`: it was not applied, and never will be. `unknown`: it does not fence. */
export type Fence = { state: 'applied'; result: unknown } | { state: 'fenced' } | { state: 'unknown' };

/**
 * All calls fail with SystemRefused (do not retry), SystemUnavailable (retry under the same key; SystemBusy and SystemUnderWay are
 * such), or the reason of an aborted signal.
 */
export interface Wire {
  /** `data` null: the system has no such thing, which is an answer. `asOf`: when the fact was true, an ISO instant. */
  read(operation: string, by: unknown, options: CallOptions): Promise<{ asOf: string; data: unknown }>;
  write(operation: string, key: string, input: unknown, options: CallOptions): Promise<unknown>;
  /** What became of the write of this input under this key. "None" says nothing while a call of that key may be at work there. */
  outcomeOf(operation: string, key: string, input: unknown, options: CallOptions): Promise<Outcome>;
  /** Makes the key unusable, unless the write was applied under it. */
  fence(operation: string, key: string, options: CallOptions): Promise<Fence>;
}

export interface Systems extends Wire {
  /** On which conditions the system of this operation is called. */
  conditionsOf(operation: string): Conditions;
  /** What a system of the usual wire applied since `after`, which is empty for the beginning; null where it answers 404 or 501. */
  effects(system: string, after: string, limit: number, options: CallOptions): Promise<EffectsPage | null>;
}

const Page = z.object({
  effects: z.array(z.object({ key: z.string(), operation: z.string(), at: z.iso.datetime({ offset: true }) })),
  next: z.string(),
});

/** What a system applied: under which key, which operation (`system.operation`), when. */
export interface Effect {
  key: string;
  operation: string;
  at: string;
}

/** A page of effects, oldest first, and where the one after it begins. At the end it is empty. */
export interface EffectsPage {
  effects: Effect[];
  next: string;
}

export interface SystemsOptions {
  /** SYSTEMS_URL */
  baseUrl: string;
  /** As `conditionsWith` makes them. */
  conditions?: ConditionsOf | undefined;
  /** A directory of your own; left out, from SCIM_URL and SCIM_TOKEN, else the one below `baseUrl`. */
  scim?: { baseUrl: string; token?: string | undefined } | undefined;
  /** Left out, they last as long as this process. */
  notes?: Notes | undefined;
}

/** The usual wire lists effects, too. */
type UsualWire = Wire & Pick<Systems, 'effects'>;

/** The connectors: each operation goes over the wire of its system. */
export function createSystems({
  baseUrl,
  conditions = conditionsWith(),
  scim = scimFrom(process.env),
  notes = notesInMemory(),
}: SystemsOptions): Systems {
  const usual = usualWire(baseUrl, conditions);
  const directory = scimWire(scim ?? { baseUrl: `${baseUrl.replace(/\/$/, '')}/directory/scim/v2` }, conditions, notes);
  const wireOf = (operation: string): Wire => (systemOf(operation)?.wire === 'scim' ? directory : usual);
  const conditionsOf = (operation: string) => conditions(splitOperation(operation)[0]);
  return {
    conditionsOf,
    read: (operation, by, options) => wireOf(operation).read(operation, by, options),
    write: (operation, key, input, options) => wireOf(operation).write(operation, key, input, options),
    async outcomeOf(operation, key, input, options) {
      if (!conditionsOf(operation).keepsKeys) return { state: 'unknown' };
      return wireOf(operation).outcomeOf(operation, key, input, options).catch(unlessItCannot);
    },
    async fence(operation, key, options) {
      if (!conditionsOf(operation).fences) return { state: 'unknown' };
      return wireOf(operation).fence(operation, key, options).catch(unlessItCannot);
    },
    effects: usual.effects,
  };
}

/** A system that refuses to be asked cannot tell. */
function unlessItCannot(error: unknown): { state: 'unknown' } {
  if (error instanceof SystemRefused || error instanceof CannotTell) return { state: 'unknown' };
  throw error;
}

const scimFrom = ({ SCIM_URL: baseUrl, SCIM_TOKEN: token }: NodeJS.ProcessEnv) =>
  baseUrl ? { baseUrl, token } : undefined;

/** Reads, writes by idempotency key, and what became of a key. */
function usualWire(baseUrl: string, conditions: ConditionsOf): UsualWire {
  const call = createCall(baseUrl, conditions);

  return {
    async read(operation, by, options) {
      const [system, name] = splitOperation(operation);
      const path = `/${system}/${name}?by=${encodeURIComponent(JSON.stringify(by))}`;
      const { asOf, data } = await call(system, { method: 'GET', path, headers: {} }, options);
      if (typeof asOf !== 'string' || data === undefined || Number.isNaN(Date.parse(asOf)))
        throw new SystemRefused(system, 'answer-invalid', `${operation} answered without asOf or data`);
      return { asOf, data };
    },

    async write(operation, key, input, options) {
      const [system, name] = splitOperation(operation);
      const headers = { 'content-type': 'application/json', 'idempotency-key': headerSafe(key) };
      const body = JSON.stringify(input);
      const { result } = await call(system, { method: 'POST', path: `/${system}/${name}`, headers, body }, options);
      if (result === undefined) throw new SystemUnavailable(system, `${operation} answered without a result`, true);
      return result;
    },

    async outcomeOf(operation, key, _input, options) {
      const [system] = splitOperation(operation);
      const path = `/${system}/_outcome?key=${encodeURIComponent(headerSafe(key))}`;
      const { state, result } = await call(system, { method: 'GET', path, headers: {} }, options);
      if (state === 'applied' && result !== undefined) return { state, result };
      return state === 'none' ? { state } : { state: 'unknown' };
    },

    async fence(operation, key, options) {
      const [system] = splitOperation(operation);
      const headers = { 'idempotency-key': headerSafe(key) };
      const request = { method: 'POST', path: `/${system}/_fence`, headers, body: '' } as const;
      const { state, result } = await call(system, request, options);
      if (state === 'applied' && result !== undefined) return { state, result };
      return state === 'fenced' ? { state } : { state: 'unknown' };
    },

    async effects(system, after, limit, options) {
      const path = `/${system}/_effects?after=${encodeURIComponent(after)}&limit=${limit}`;
      const answer = await call(system, { method: 'GET', path, headers: {} }, options).catch(listsNone);
      if (answer === null) return null;
      const page = Page.safeParse(answer);
      if (!page.success) throw new SystemRefused(system, 'answer-invalid', `${system} lists no effects`);
      const effects = page.data.effects.map((effect) => ({ ...effect, key: keyIn(effect.key) }));
      return { ...page.data, effects };
    },
  };
}

function listsNone(error: unknown): null {
  if (error instanceof CannotTell || (error instanceof SystemRefused && error.status === 404)) return null;
  throw error;
}

/** A key as it was before it went through a header. */
function keyIn(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header; // none of ours
  }
}

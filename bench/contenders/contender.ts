import type { Request } from './calls.ts';

/** One way of doing refunds. Every one runs in a process of its own. */
export interface Contender {
  /** Runs a case to its end: straight through, or with a person who approves as soon as it is their turn. */
  run(request: Request, approval: boolean): Promise<void>;
  /** Starts a case that waits for a person, and resolves when it waits. None where waiting costs no memory. */
  wait?(request: Request): Promise<void>;
  /** Temporal's history of a case that ended: how many events, how many bytes, whether it was started eagerly. */
  history?(request: Request, approval: boolean): Promise<{ events: number; bytes: number; eager: boolean }>;
  /** Frees what can be freed, before memory is looked at. */
  collect?(): Promise<void>;
  close(): Promise<void>;
}

/** `usual`: an engine as the SDK sets it up by itself. `lean`: with all that Baton does to make it cheap. */
export type Style = 'usual' | 'lean';

/** Where the parts are. */
export interface Surroundings {
  databaseUrl: string;
  systemsUrl: string;
  modelUrl: string;
  temporalAddress: string;
  /** The bundle of `workflows.ts`, as Temporal's SDK makes it by itself and as Baton makes it. */
  codePath: Record<Style, string>;
  /** How many cases Baton keeps in memory, when not as usual. */
  cachedCases?: number;
  /** As `PAYLOAD_KEYS`. */
  keys: string;
}

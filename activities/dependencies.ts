import type { Pool } from 'pg';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { findDefinition } from '../core/declare/find.ts';
import type { Model } from '../models/client.ts';
import type { Systems } from '../systems/client.ts';

/** Times of one attempt and of trying altogether, in milliseconds; those of writes are each system's own (`systems/conditions.json`). */
export interface Timing {
  /** One call at most, while it is tried inside the workflow task (whose activity ends after 2 s), and afterwards (30 s). */
  localCallMs: number;
  remoteCallMs: number;
  modelCallMs: number;
  /** How long a source may be down before its owner is asked. */
  retryReadsForMs: number;
  /** How long nothing must have happened to a write or a workflow before it is reconciled: longer than any call takes. */
  reconcileAfterMs: number;
}

export const usualTiming: Timing = {
  localCallMs: 1_500,
  remoteCallMs: 25_000,
  modelCallMs: 60_000,
  retryReadsForMs: 5 * 60_000,
  reconcileAfterMs: 10 * 60_000,
};

/** What the activities work with; passed in, so that tests bring real parts of their own. */
export interface Dependencies {
  pool: Pool;
  definitions: Record<string, ProcessDefinition>;
  systems: Systems;
  model: Model;
  timing: Timing;
  /** The version of the code, where workers are versioned. */
  build?: string | undefined;
}

/** The declaration of a process. A case of a process that is not declared here cannot run here. */
export function definitionOf(deps: Pick<Dependencies, 'definitions'>, process: string): ProcessDefinition {
  const definition = findDefinition(deps.definitions, process);
  if (!definition) throw new Error(`No process ${process} is declared`);
  return definition;
}

/** `what` under `name`, as a process declares it. */
export function declared<T>(what: Record<string, T>, name: string, kind: string): T {
  const found = Object.hasOwn(what, name) ? what[name] : undefined;
  if (!found) throw new Error(`No ${kind} ${name} is declared`);
  return found;
}

import type { ProcessDefinition } from '../../core/declare/definition.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { queuesOfCaller } from '../visibility.ts';

/** An administrator; for a process, its owner too, as a member by their token and by the store. Throws `role-missing`. */
export async function mayStop({ pool }: Deps, caller: Caller, process: ProcessDefinition | undefined): Promise<void> {
  if (caller.roles.includes('admin')) return;
  const owner = process?.owner;
  if (owner !== undefined && (await queuesOfCaller(pool, caller)).includes(owner)) return;
  const detail =
    owner === undefined
      ? 'Only an administrator may do this'
      : (`Only an administrator or a member of ${owner} may do this` as const);
  throw new Problem('role-missing', detail);
}

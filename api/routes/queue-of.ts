import type { StoredHandoff } from '../../store/handoffs.ts';
import type { Deps } from '../deps.ts';

/** The queues that may answer a handoff now: its owner's and, once it was escalated, also the one it was first given to. */
export function answering(definitions: Deps['definitions'], { process, name, owner, moment }: StoredHandoff): string[] {
  const declared = Object.hasOwn(definitions, process) ? definitions[process]?.handoffs[name] : undefined;
  return declared && moment === 'escalated' ? [owner, declared.owner] : [owner];
}

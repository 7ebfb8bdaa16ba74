import { isSameName } from '../../rules/canonical.ts';
import { isPersonal, type StoredHandoff } from '../../store/handoffs.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { hasAny, maySeeCase } from '../visibility.ts';

/** The queues that may answer a handoff now: its owner's and, once it was escalated, also the one it was first given to. */
export function answering(handoff: Pick<StoredHandoff, 'owner' | 'firstOwner' | 'slaStage' | 'person'>): string[] {
  const { owner, firstOwner, slaStage, person } = handoff;
  if (isPersonal(handoff)) return [];
  return person === null && slaStage === 'escalated' ? [owner, firstOwner] : [owner];
}

/** Who may know that there is such a handoff: whom it was given to, the queues it is with, and who may see the case. */
export const maySeeHandoff = (definitions: Deps['definitions'], caller: Caller, handoff: StoredHandoff): boolean =>
  isSameName(handoff.person, caller.person) ||
  maySeeCase(definitions, caller, handoff) ||
  hasAny(caller, answering(handoff));

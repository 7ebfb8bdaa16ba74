import { isPersonal, type StoredHandoff } from '../../store/handoffs.ts';

/** The queues that may answer a handoff now: its owner's and, once it was escalated, also the one it was first given to. */
export function answering(handoff: StoredHandoff): string[] {
  const { owner, firstOwner, moment, person } = handoff;
  if (isPersonal(handoff)) return [];
  return person === null && moment === 'escalated' ? [owner, firstOwner] : [owner];
}

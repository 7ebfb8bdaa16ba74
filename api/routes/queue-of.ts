import { isPersonal, type StoredHandoff } from '../../store/handoffs.ts';

/** The queues that may answer a handoff now: its owner's and, once it was escalated, also the one it was first given to. */
export function answering(handoff: StoredHandoff): string[] {
  const { owner, firstOwner, slaStage, person } = handoff;
  if (isPersonal(handoff)) return [];
  return person === null && slaStage === 'escalated' ? [owner, firstOwner] : [owner];
}

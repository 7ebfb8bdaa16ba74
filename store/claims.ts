import type { StoredHandoff } from './handoffs.ts';
import { type Db, row } from './pool.ts';
import { append } from './record.ts';

/** Gives a handoff that the caller holds locked to somebody, whoever has it. */
export async function reassign(db: Db, handoff: StoredHandoff, to: string, by: string, because: string): Promise<void> {
  const { id, caseId, now, claimedBy } = handoff;
  await row(db, 'handoffs.claim', 'update handoffs set claimed_by = $2 where id = $1', [id, to]);
  const body = { from: claimedBy ?? undefined, to, because };
  await append(db, { caseId, type: 'handoff.reassigned', key: `${id}/${now.toISOString()}`, actor: by, body });
}

/** Takes a handoff that the caller holds locked, or gives it back. */
export async function setClaim(db: Db, handoff: StoredHandoff, by: string, claimed: boolean): Promise<void> {
  const { id, caseId, now } = handoff;
  await row(db, 'handoffs.claim', 'update handoffs set claimed_by = $2 where id = $1', [id, claimed ? by : null]);
  const type = claimed ? 'handoff.claimed' : 'handoff.released';
  await append(db, { caseId, type, key: `${id}/${now.toISOString()}`, actor: by, body: {} });
}

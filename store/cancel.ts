import type { Pool } from 'pg';
import { closeWithin, findCase, lockCase, requestCancel, stopWrites } from './cases.ts';
import { openUnopened } from './ended.ts';
import { type Db, row, transaction } from './pool.ts';
import { append } from './record.ts';

export interface Cancellation {
  caseId: string;
  /** Who asks. */
  by: string;
  /** Of the line of the record that says so. */
  key: string;
  body: { because?: string | undefined };
}

/**
 * Cancels a case that was accepted and has not begun: it is closed before its workflow could do anything, and a run that was started
 * meanwhile is refused. Answers whether it was; false once the case has begun, or was never accepted.
 */
export const cancelAccepted = (pool: Pool, cancellation: Cancellation): Promise<boolean> =>
  transaction(pool, async (db) => {
    const { caseId, body } = cancellation;
    // The case first and then its request, as when a workflow opens it: the other order would be a deadlock.
    if (!(await openUnopened(db, caseId, ''))) return false;
    await row(
      db,
      'cancel.undeliver',
      'update inbox set delivered_at = coalesce(delivered_at, now()) where case_id = $1',
      [caseId],
    );
    await note(db, cancellation);
    const { openedBy } = (await findCase(db, caseId))!;
    await stopWrites(db, caseId);
    await closeWithin(db, { caseId, outcome: 'cancelled', result: body }, openedBy);
    return true;
  });

/** From now on a case that has begun writes nothing new, and ends as cancelled. Answers false when it is closed. */
export async function cancelBegun(db: Db, cancellation: Cancellation): Promise<boolean> {
  const { caseId } = cancellation;
  await lockCase(db, caseId);
  if ((await findCase(db, caseId))?.closedAt !== null) return false;
  await note(db, cancellation);
  await requestCancel(db, caseId);
  return true;
}

const note = (db: Db, { caseId, by, key, body }: Cancellation) =>
  append(db, { caseId, type: 'case.cancellation-requested', key, actor: by, body });

import type { Pool } from 'pg';
import { directoryName } from '../rules/canonical.ts';
import { setClaim } from './claims.ts';
import { withHandoff } from './handoffs.ts';
import { type Db, row, rows } from './pool.ts';

export type EndedBy = 'administrator' | 'scim';

/** Ends somebody's time here: their roles and keys are gone, and no token of theirs counts. Answers how the store spells them. */
export async function endPerson(db: Db, name: string, by: EndedBy): Promise<string> {
  const values = [name, directoryName(name), by];
  const found = await row<{ person: string }>(db, 'people.end', 'select end_person($1, $2, $3) as person', values);
  return found!.person;
}

/** Takes an end back, which gives back no role and no key. What an administrator ended is only theirs to take back. */
export async function readmitPerson(db: Db, person: string, by: EndedBy): Promise<void> {
  await row(
    db,
    'people.readmit',
    `update people set active = true, ended_by = null where person = $1 and ($2 = 'administrator' or ended_by = $2)`,
    [person, by],
  );
}

/** Gives back to its queue whatever somebody had claimed who is gone. */
export async function releaseClaimsOf(pool: Pool, person: string): Promise<void> {
  const claimed = await rows<{ id: string }>(
    pool,
    'handoffs.claimedBy',
    `select id from handoffs where claimed_by = $1 and state = 'open'`,
    [person],
  );
  for (const { id } of claimed) {
    await withHandoff(pool, id, async (db, handoff) => {
      if (handoff?.state === 'open' && handoff.claimedBy === person) await setClaim(db, handoff, 'baton', false);
    });
  }
}

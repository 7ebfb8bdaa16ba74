import { countedName } from '../rules/canonical.ts';
import { type Db, row } from './pool.ts';

/** Whoever answers for what was asked for: the person who asked, or the queue of systems where a system did. */
export type Requesting = { person: string; queue?: undefined } | { queue: 'system'; person?: undefined };

/**
 * Names that cases have as their requester when nobody with a token asked: a webhook, a key, a schedule, a Temporal client; and the one
 * that Baton has in the record.
 */
const nobody = /^(hook:|key:|schedule:|temporal-client$|baton$)/i;
/** Nor is it a person's name that only looks like one of them. */
export const isPerson = (name: string): boolean => !nobody.test(countedName(name));

export async function requesterOf(db: Db, requester: string): Promise<Requesting> {
  if (!isPerson(requester)) return { queue: 'system' };
  const isSystem = `select 1 from members where person = $1 and role = 'system'`;
  return (await row(db, 'requester.isSystem', isSystem, [requester])) ? { queue: 'system' } : { person: requester };
}

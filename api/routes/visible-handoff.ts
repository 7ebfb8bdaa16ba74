import { isSameName } from '../../rules/canonical.ts';
import { findHandoff, type StoredHandoff } from '../../store/handoffs.ts';
import type { Caller } from '../authentication.ts';
import { authoritiesOf } from '../authority.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { queuesSeenBy } from '../queues.ts';
import { hasAny, queuesOfCaller } from '../visibility.ts';
import { answering, maySeeHandoff } from './queue-of.ts';

/**
 * A handoff that the caller may know of, and whether they have a part in it: it is theirs or their queue's, or will be once it is
 * escalated, or they lead such a queue. Throws `not-found`.
 */
export async function findVisibleHandoff({ pool, definitions }: Deps, caller: Caller, id: string) {
  const handoff = await findHandoff(pool, id);
  if (!handoff) throw new Problem('not-found');
  const involved = await hasPart({ pool, definitions }, caller, handoff);
  if (!involved && !maySeeHandoff(definitions, caller, handoff)) throw new Problem('not-found');
  return { handoff, involved };
}

async function hasPart(
  deps: Pick<Deps, 'pool' | 'definitions'>,
  caller: Caller,
  handoff: StoredHandoff,
): Promise<boolean> {
  if (isSameName(handoff.person, caller.person)) return true;
  const roles = await queuesSeenBy(deps, caller);
  if (hasAny({ ...caller, roles }, [...answering(handoff), handoff.escalateTo])) return true;
  const { pool, definitions } = deps;
  const queues = await queuesOfCaller(pool, caller);
  return (await authoritiesOf(pool, definitions, caller.person, queues, handoff)).length > 0;
}

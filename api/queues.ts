import { queuesAtWork } from '../store/queues.ts';
import { queuesLedBy } from '../store/members.ts';
import { queuesOf } from '../systems/queues-of.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { queuesOfCaller, seesAllHandoffs } from './visibility.ts';

type Known = Pick<Deps, 'pool' | 'definitions'>;

/** Every queue that some process declares or that has something open, by name. */
export async function knownQueues({ pool, definitions }: Known): Promise<string[]> {
  const declared = Object.values(definitions).flatMap((one) => [...queuesOf(one)]);
  return [...new Set([...declared, ...(await queuesAtWork(pool))])].toSorted();
}

/** The queues whose handoffs a caller sees: those they are in, and those they lead. */
export const queuesSeenBy = async ({ pool }: Pick<Deps, 'pool'>, caller: Caller): Promise<string[]> => [
  ...new Set([...(await queuesOfCaller(pool, caller)), ...(await queuesLedBy(pool, caller.person))]),
];

/** The queues that are shown to a caller. */
export async function visibleQueues(deps: Known, caller: Caller): Promise<string[]> {
  const known = await knownQueues(deps);
  if (seesAllHandoffs(caller)) return known;
  const theirs = await queuesSeenBy(deps, caller);
  return known.filter((queue) => theirs.includes(queue));
}

import { isSameName } from '../rules/canonical.ts';
import type { Change, ChangedHandoff } from '../store/changes.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { queuesSeenBy } from './queues.ts';
import { answering } from './routes/queue-of.ts';
import { maySeeCase, queuesOfCaller } from './visibility.ts';

/** Of which changes somebody may know, by what they are in and lead now. Who stands in for others sees those processes' cases already. */
export interface Reach {
  caller: Caller;
  /** Those they are in. */
  queues: readonly string[];
  /** And those they lead. */
  seen: readonly string[];
}

export async function reachOf(deps: Deps, caller: Caller): Promise<Reach> {
  const [queues, seen] = await Promise.all([queuesOfCaller(deps.pool, caller), queuesSeenBy(deps, caller)]);
  return { caller, queues, seen };
}

/** Whether they could look at what changed. */
export function reaches(definitions: Deps['definitions'], reach: Reach, change: Change): boolean {
  const { handoff, question } = change;
  return (
    maySeeCase(definitions, reach.caller, change) ||
    (handoff !== undefined && hasPart(reach, handoff)) ||
    (question !== undefined && isAsked(reach, question))
  );
}

const hasPart = ({ caller, seen }: Reach, handoff: ChangedHandoff): boolean =>
  isSameName(handoff.person, caller.person) ||
  [...answering(handoff), handoff.escalateTo].some((queue) => seen.includes(queue));

const isAsked = ({ caller, queues }: Reach, { queue, person }: NonNullable<Change['question']>): boolean =>
  isSameName(person, caller.person) || (queue !== null && queues.includes(queue));

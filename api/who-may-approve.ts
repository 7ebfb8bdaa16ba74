import { currentTerms } from '../store/approvals.ts';
import type { StoredHandoff } from '../store/handoffs.ts';
import { membersWithin } from '../store/members.ts';
import { whyNotGiven } from './authority.ts';
import type { Deps } from './deps.ts';
import { answering } from './routes/queue-of.ts';

const lookedAt = 50;
const named = 5;

/** Some of those in its queues who may approve it as it stands. */
export async function whoMayApprove({ pool, definitions }: Deps, handoff: StoredHandoff): Promise<string[]> {
  const found: string[] = [];
  const asked = { limitedBy: handoff.limitedBy, terms: currentTerms(handoff) };
  for (const person of await membersWithin(pool, answering(handoff), asked, lookedAt)) {
    if ((await whyNotGiven(pool, definitions, handoff, person)) === undefined) found.push(person);
    if (found.length === named) break;
  }
  return found;
}

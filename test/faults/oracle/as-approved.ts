import canonicalize from 'canonicalize';
import type { Evidence, SeenAction } from '../evidence.ts';
import { effectsOf } from './effects.ts';
import { each, type Invariant, together } from './invariant.ts';

/** What the system was told is what the case meant; and of that, every field that was approved is as it was approved. */
export const asApproved: Invariant = {
  number: 5,
  name: 'what ran is what was approved',
  check(evidence) {
    return together(
      each(effectsOf(evidence), ({ action, done }) =>
        done && !isSame(done.body, action.input)
          ? `${action.key}: the system was told ${JSON.stringify(done.body)}`
          : undefined,
      ),
      each(evidence.actions, (action) => notAsApproved(evidence, action)),
    );
  },
};

function notAsApproved({ approvals, definitions }: Evidence, action: SeenAction): string[] {
  const { key, process, line, input, approval } = action;
  const { each: lines } = definitions[process]!.actions[action.action]!;
  return approval.split(' + ').flatMap((reference) => {
    const terms = approvals.get(reference)?.terms ?? {};
    const approved =
      lines === undefined ? terms : (terms[lines] as Record<string, unknown>[]).find(({ id }) => id === line);
    if (!approved) return [`${key}: ${reference} approved no line ${line}`];
    return Object.keys(input)
      .filter((field) => field in approved && !isSame(input[field], approved[field]))
      .map((field) => `${key}: ${field} is not what ${reference} approved`);
  });
}

const isSame = (one: unknown, other: unknown): boolean => canonicalize(one) === canonicalize(other);

import type { Evidence } from '../evidence.ts';
import { headerSafe } from '../../../systems/call.ts';
import { actionKeyOf } from './effects.ts';
import { each, type Invariant, together } from './invariant.ts';

/** Before a system did anything, the record said that it was meant and who or what approved it; none begins once it is cancelled. */
export const evidenced: Invariant = {
  number: 4,
  name: 'no effect without its evidence before it',
  check(evidence) {
    const { actions, effects, records, sent } = evidence;
    const byKey = new Map(actions.map((action) => [headerSafe(action.key), action]));
    const undone = ['action.intended', 'action.compensating', 'compensation.started'];
    return together(
      each(effects, ({ key, operation, at }) => {
        const action = byKey.get(actionKeyOf(key));
        if (!action) return `${key} (${operation}): no case meant it`;
        const lines = records.get(action.caseId) ?? [];
        const isUndo = actionKeyOf(key) !== key;
        const before = lines.find((line) =>
          isUndo ? undone.slice(1).includes(line.type) : line.type === undone[0] && line.key === action.key,
        );
        if (!before || Date.parse(before.at) > Date.parse(at) + 1)
          return `${key} (${operation}): applied at ${at}, on the record ${before ? `at ${before.at}` : 'never'}`;
      }),
      each(actions, (action) => approvedBefore(evidence, action)),
      each(sent.cancelled, ([caseId, at]) =>
        (records.get(caseId) ?? [])
          .filter((line) => line.type === 'action.intended' && Date.parse(line.at) > at)
          .map(({ key, at }) => `${key}: begun at ${at}, after the case's cancellation was accepted`),
      ),
    );
  },
};

function approvedBefore(
  { records, approvals }: Evidence,
  { key, caseId, approval }: Evidence['actions'][number],
): string[] {
  const lines = records.get(caseId) ?? [];
  const intended = lines.find((line) => line.type === 'action.intended' && line.key === key);
  return approval.split(' + ').flatMap((reference) => {
    const found = approvals.get(reference);
    if (!found || found.caseId !== caseId || !['allow', 'approved'].includes(found.verdict))
      return [`${key}: ${reference} is no approval of this case`];
    const line = lines.find((one) => ['policy.ruled', 'handoff.decided'].includes(one.type) && one.key === reference);
    return line && intended && line.seq < intended.seq ? [] : [`${key}: ${reference} is not on the record before it`];
  });
}

import type { StoredHandoff } from './handoffs.ts';
import { type Db, rows } from './pool.ts';
import type { Line } from './record.ts';

/** Lines of a case's record that a handoff is understood by. */
export type BriefLine = Pick<Line, 'seq' | 'type' | 'key' | 'at' | 'actor'> & { body: Record<string, unknown> };

const told = [
  ...['handoff.opened', 'handoff.decided', 'handoff.completed', 'handoff.reworked', 'handoff.withdrawn'],
  ...['handoff.claimed', 'handoff.released', 'handoff.reassigned', 'handoff.commented', 'handoff.approval-given'],
  ...['handoff.asked', 'handoff.answered', 'handoff.question-over', 'handoff.escalated', 'handoff.rescheduled'],
  ...['action.done', 'action.compensated', 'policy.ruled', 'inference.answered', 'inference.fell-back'],
];

/** The newest 1,000 such lines of its case, oldest first. */
export async function briefLines(db: Db, { caseId }: StoredHandoff): Promise<BriefLine[]> {
  const found = await rows<BriefLine>(
    db,
    'briefs.lines',
    `select seq, type, key, at, actor, body from record where case_id = $1 and type = any ($2) order by seq desc limit 1000`,
    [caseId, told],
  );
  return found.toReversed();
}

import { reviewerOf, type Sampling } from '../scorecard/sampling.ts';
import type { Receiver } from './outbox.ts';
import { rows } from './pool.ts';
import { openTask } from './tasks.ts';

/**
 * Asks a reviewer afterwards about a share of the cases that went straight through; nothing waits for it. It stands behind what counts
 * facts among the receivers: those say which did.
 */
export const drawsReviews =
  (sampling: Sampling): Receiver =>
  async (db, lines) => {
    const closed = lines.filter(({ type }) => type === 'case.closed').map(({ caseId }) => caseId);
    if (closed.length === 0) return;
    const straight = await rows<{ caseId: string; process: string; outcome: string }>(
      db,
      'sampledReviews.straight',
      `select case_id as "caseId", process, outcome from fact_cases where case_id = any ($1) and straight_through order by case_id`,
      [closed],
    );
    for (const one of straight) {
      const owner = reviewerOf(sampling, one);
      if (owner === undefined) continue;
      const { caseId, outcome } = one;
      const because =
        'It was drawn from the cases that went straight through: was it right, and if not, what would be?';
      await openTask(db, {
        ...{ caseId, key: `${caseId}/sample`, kind: 'sampled-review', owner, escalateTo: owner, because },
        detail: { outcome },
      });
    }
  };

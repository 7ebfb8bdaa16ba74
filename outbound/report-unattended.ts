import type { Report } from '../environment/log.ts';
import type { Receiver } from '../store/outbox.ts';

/** Reports each handoff that was opened for a queue that nobody is behind. */
export const reportUnattended =
  (report: Report): Receiver =>
  async (_db, lines) => {
    for (const { type, caseId, body } of lines) {
      if (type !== 'handoff.unattended') continue;
      const { owner, escalateTo } = body as { owner: string; escalateTo: string };
      report(`nobody is a member of ${owner}, which has a handoff; it would be escalated to ${escalateTo}`, {
        case: caseId,
      });
    }
  };

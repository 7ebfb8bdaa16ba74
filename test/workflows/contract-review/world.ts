import { findHandoff, type StoredHandoff } from '../../../store/handoffs.ts';
import { until, type WorldOptions } from '../../world.ts';
import { processWorld } from '../process-world.ts';
import { contractId, records, request } from './good-world.ts';

export type ReviewWorld = Awaited<ReturnType<typeof reviewWorld>>;

/** A whole Baton; every case gets a contract of its own. */
export async function reviewWorld(options: WorldOptions = {}) {
  const whole = await processWorld('contract-review', options);
  let cases = 0;

  return {
    ...whole,

    /** Seeds the good world with what is changed of it and starts a case; answers its id. */
    async begin(draft: Parameters<typeof request>[0] = {}, more: object = {}, changed: object = {}): Promise<string> {
      const own = { contractId: `${contractId}-${whole.taskQueue.slice(-6)}-${(cases += 1)}` };
      await whole.seed(records(changed));
      const body = request(draft, { ...own, ...more });
      return whole.starts(body, body.contractId);
    },

    /** The open handoffs, once there are this many. */
    asked: (caseId: string, count = 1): Promise<StoredHandoff[]> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn.filter((wait) => wait.for === 'handoff') ?? [];
        if (waits.length !== count) return undefined;
        const found = await Promise.all(waits.map((wait) => findHandoff(whole.pool, wait.id)));
        return found.every((handoff) => handoff?.state === 'open') && (found as StoredHandoff[]);
      }, `${caseId} asks ${count}`),

    /** What the other side says comes in as an event, once the case waits for it. */
    async says(caseId: string, round: number, answer: string, more: object = {}) {
      await whole.waitsFor(caseId, 'answer');
      await whole.sends('answer', { contractId: caseId.split('/')[1]!, round, answer, ...more });
    },
  };
}

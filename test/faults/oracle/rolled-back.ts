import type { Evidence, SeenAction } from '../evidence.ts';
import { effectsOf } from './effects.ts';
import { each, type Invariant, together } from './invariant.ts';
import { tasksOn } from './tasks.ts';

/** What a case says of each of its writes is so in the systems; what is not taken back is somebody's task. */
export const rolledBack: Invariant = {
  number: 3,
  name: 'rollback complete, in reverse order, or a task',
  check(evidence) {
    const { cases, records, sent } = evidence;
    const closed = new Map(cases.filter(({ closedAt }) => closedAt).map(({ caseId, outcome }) => [caseId, outcome]));
    const isTakenBack = (caseId: string) =>
      ['failed', 'terminated'].includes(closed.get(caseId) ?? '') ||
      sent.cancelled.has(caseId) ||
      (records.get(caseId) ?? []).some(({ type }) => type === 'compensation.started');
    return together(
      each(effectsOf(evidence), ({ action, done, stands }) => {
        const { key, operation, state, caseId } = action;
        const outcome = closed.get(caseId);
        if (tasksOn(evidence, key).length > 0) return undefined;
        const say = (what: string) => `${key} (${operation}, ${state}): ${what}, and nobody has the task`;
        if ((state === 'done' || state === 'kept') && !stands)
          return say(done ? 'it was taken back' : 'it is not in the journal');
        if ((state === 'refused' || state === 'compensated') && stands) return say('it stands in the system');
        if (state === 'unknown' || state === 'stuck') return say('nobody knows or nobody could');
        if (outcome && state === 'intended') return say('the case is closed');
        if (outcome && isTakenBack(caseId) && state === 'done' && isCompensatable(evidence, action))
          return say(`the case ended as ${outcome}`);
      }),
      each(evidence.records, ([caseId, lines]) => {
        const from = lines.findIndex(({ type }) => type === 'compensation.started');
        if (from < 0) return undefined;
        const order = lines
          .slice(from)
          .filter(({ type }) => type === 'action.compensated')
          .map(({ key }) => seqOf(evidence, key));
        return order.some((seq, n) => n > 0 && seq > order[n - 1]!)
          ? `${caseId}: not taken back newest first: ${order.join(', ')}`
          : undefined;
      }),
    );
  },
};

const isCompensatable = ({ definitions }: Evidence, { process, action }: SeenAction): boolean =>
  definitions[process]!.actions[action]!.compensatedBy !== undefined;

const seqOf = ({ actions }: Evidence, key: string): number => actions.find((action) => action.key === key)?.seq ?? 0;

import type { ProcessDefinition } from '../../../core/declare/definition.ts';
import type { ListedCase } from '../../../store/cases.ts';
import * as declared from '../../../workflows/definitions.ts';
import { until } from '../../world.ts';
import { processWorld } from '../process-world.ts';
import { leadId, records, request } from './good-world.ts';

export type LeadWorld = Awaited<ReturnType<typeof leadWorld>>;

const definition = declared['lead-intake'];
const { firstTouch } = definition.policies;

/** A minute for the first touch, and the reminder at once: nobody waits for it in a test. */
const table = firstTouch.table as { rows: object[] };
const hasty = {
  ...table,
  rows: table.rows.map((row) => ({ ...row, outputs: { minutes: 1, remindMinutesBefore: 1 } })),
};
export const hastyDefinitions = {
  ...declared,
  'lead-intake': { ...definition, policies: { ...definition.policies, firstTouch: { ...firstTouch, table: hasty } } },
} as unknown as Record<string, ProcessDefinition>;

/** A whole Baton; every case is a lead of its own. */
export async function leadWorld(definitions?: Record<string, ProcessDefinition>) {
  const whole = await processWorld('lead-intake', definitions ? { definitions } : {});
  let cases = 0;

  return {
    ...whole,
    send: whole.sends,
    isAsked: whole.asksOf,
    waits: (caseId: string) => whole.waitsFor(caseId, 'touched'),
    /** One Temporal holds the cases of every world. */
    next: () => `${leadId}-${whole.taskQueue.slice(-6)}-${(cases += 1)}`,

    /** Seeds what is changed of the good world and sends a changed lead; answers its case's id. */
    async begin(changes: object = {}, world: Parameters<typeof records>[0] = {}, asOf?: string): Promise<string> {
      const id = this.next();
      await whole.seed(records(world));
      return whole.starts({ ...request({ leadId: id, ...changes }), ...(asOf ? { asOf } : {}) }, id);
    },

    /** Waits for the first touch by this owner. */
    async isGivenTo(caseId: string, owner: string): Promise<ListedCase> {
      return until(async () => {
        const found = await whole.find(caseId);
        const given = (await whole.journalOf(caseId)).findLast(({ operation }) => operation === 'leads.assign');
        return found?.waitingOn.some(({ id }) => id === 'touched') && given?.body['owner'] === owner && found;
      }, `${caseId} is given to ${owner}`);
    },
    /** It has ended, or waits for the first touch. */
    atRest: (caseId: string) =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt || found?.waitingOn.length ? found : undefined;
      }, `${caseId} is at rest`),
    touches: (caseId: string, touchedBy: string) =>
      whole.sends('touched', { leadId: caseId.split('/')[1]!, touchedBy }),

    /** The time for the first touch is over. */
    async passesTheTime(caseId: string) {
      const { rows } = await whole.pool.query<{ key: string }>(
        `update awaited set until = now() where case_id = $1 and event_id is null and not over returning key`,
        [caseId],
      );
      for (const { key } of rows)
        await whole.client.workflow.getHandle(caseId).signal('received', { awaitedId: key, id: '', type: '' });
    },

    written: async (caseId: string, operation: string) =>
      (await whole.journalOf(caseId)).filter((line) => line.operation === operation).map(({ body }) => body),
  };
}

import people from '../../../api/development-people.json' with { type: 'json' };
import type { ProcessDefinition } from '../../../core/define.ts';
import type { ListedCase } from '../../../store/cases.ts';
import { findHandoff, type StoredHandoff } from '../../../store/handoffs.ts';
import * as declared from '../../../workflows/definitions.ts';
import { world as apiWorld } from '../../api/world.ts';
import { temporal } from '../../harness.ts';
import { createWorld, until } from '../../world.ts';
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

/** A whole Baton, API and relay included; every case is a lead of its own. */
export async function leadWorld(definitions?: Record<string, ProcessDefinition>) {
  const whole = await createWorld(definitions ? { definitions } : {});
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress });
  let cases = 0;

  const ok = async (call: ReturnType<typeof api.call>, status: number) => {
    const got = await call;
    if (got.status !== status) throw new Error(`${got.status} ${got.text}`);
    return got.body;
  };
  const whoAnswers = (owner: string) => people.find(({ roles }) => roles.includes(owner))!.person;
  const leadOf = (caseId: string) => caseId.split('/')[1]!;
  const send = (type: string, data: object) => {
    const body = { specversion: '1.0', id: crypto.randomUUID(), source: 'crm', type: `lead-intake.${type}`, data };
    const headers = { 'content-type': 'application/cloudevents+json' };
    return ok(api.call('POST', '/events', { as: 'storefront', body, headers }), 202);
  };
  const journalOf = async (caseId: string) => (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`));

  return {
    ...whole,
    api,
    send,
    /** One Temporal holds the cases of every world. */
    next: () => `${leadId}-${taskQueue.slice(-6)}-${(cases += 1)}`,

    /** Seeds what is changed of the good world and sends a changed lead; answers its case's id. */
    async begin(changes: object = {}, world: Parameters<typeof records>[0] = {}, asOf?: string): Promise<string> {
      const id = this.next();
      await whole.seed(records(world));
      const body = { ...request({ leadId: id, ...changes }), ...(asOf ? { asOf } : {}) };
      const headers = { 'idempotency-key': `${id}-${taskQueue}` };
      const call = api.call('POST', '/processes/lead-intake/cases', { as: 'storefront', body, headers });
      return (await ok(call, 202)).caseId as string;
    },

    /** Waits for the first touch by this owner. */
    async isGivenTo(caseId: string, owner: string): Promise<ListedCase> {
      return until(async () => {
        const found = await whole.find(caseId);
        const [line] = (await journalOf(caseId)).filter(({ operation }) => operation === 'leads.assign').slice(-1);
        return found?.waitingOn.some(({ id }) => id === 'touched') && line?.body['owner'] === owner && found;
      }, `${caseId} is given to ${owner}`);
    },
    waits: (caseId: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.waitingOn.some(({ id }) => id === 'touched') && found;
      }, `${caseId} waits for the first touch`),
    /** It has ended, or waits for the first touch. */
    atRest: (caseId: string) =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt || found?.waitingOn.length ? found : undefined;
      }, `${caseId} is at rest`),
    touches: (caseId: string, touchedBy: string) => send('touched', { leadId: leadOf(caseId), touchedBy }),

    /** The time for the first touch is over. */
    async passesTheTime(caseId: string) {
      const { rows } = await pool.query<{ key: string }>(
        `update awaited set until = now() where case_id = $1 and event_id is null and not over returning key`,
        [caseId],
      );
      for (const { key } of rows) await whole.client.workflow.getHandle(caseId).signal('received', key);
    },

    /** The handoff that is asked of this queue now. */
    isAsked: (caseId: string, owner: string): Promise<StoredHandoff> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn ?? [];
        const wait = waits.find((one) => one.for === 'handoff' && one.owner === owner);
        return wait && (await findHandoff(pool, wait.id));
      }, `${caseId} asks ${owner}`),
    async answers(caseId: string, owner: string, verdict: 'approved' | 'rejected') {
      const handoff = await this.isAsked(caseId, owner);
      const body = { verdict, because: `${owner} says so`, version: handoff.version };
      const path = `/handoffs/${encodeURIComponent(handoff.id)}/decision`;
      await ok(api.call('POST', path, { as: whoAnswers(owner), body }), 200);
      return handoff;
    },

    closed: (caseId: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? found : undefined;
      }, `${caseId} is closed`),
    async cancel(caseId: string) {
      await ok(api.call('POST', `/cases/${encodeURIComponent(caseId)}/cancellation`, { as: 'amos', body: {} }), 202);
      return this.closed(caseId);
    },

    operations: async (caseId: string) => (await journalOf(caseId)).map(({ operation }) => operation),
    written: async (caseId: string, operation: string) =>
      (await journalOf(caseId)).filter((line) => line.operation === operation).map(({ body }) => body),
    held: async () =>
      (await (await fetch(`${whole.systems.url}/_records`)).json()) as Record<string, Record<string, unknown[]>>,
    lines: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

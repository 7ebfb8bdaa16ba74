import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { findHandoff, type StoredHandoff } from '../../store/handoffs.ts';
import { setRoles } from '../../store/members.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { world as apiWorld } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { records } from '../workflows/refund-request.ts';
import { createWorld, until } from '../world.ts';

export { until } from '../world.ts';
import { parcel, purchase } from './processes/definitions.ts';

let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;
const code = fileURLToPath(new URL('processes/stories.ts', import.meta.url));

/** The code of the stories. */
export const storiesBundle = () => (bundled ??= bundleWorkflows(code, { stackTraces: true }));

/** Somebody's employee record: its id is the person whom it names. */
const person = (customerId: string) => ({
  ...{ customerId, firstName: customerId, lastName: 'Holm', postalCode: '0150', paymentMethods: [] },
  email: `${customerId}@mail.example`,
});

export type VocabularyWorld = Awaited<ReturnType<typeof vocabularyWorld>>;

/** A whole Baton, API and relay included, that runs the stories about words. */
export async function vocabularyWorld(more: Record<string, ProcessDefinition> = {}) {
  const definitions: Record<string, ProcessDefinition> = { purchase, parcel, ...more };
  const whole = await createWorld({ definitions, workers: { workflowBundle: await storiesBundle() } });
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress, definitions });
  const people = { leo: 'support-leads', mia: 'support-managers', otto: 'order-management', cleo: 'customer-data' };
  for (const [name, role] of Object.entries(people)) await setRoles(pool, name, [role]);
  const { crm, orders } = records;
  await whole.seed({ orders, crm: { customers: [...crm.customers, ...['rita', 'otto', 'ada'].map(person)] } });

  return {
    ...whole,
    api,
    /** What the model was asked. */
    asks: whole.asked,

    /** Starts a case over HTTP and answers its id. */
    async begin(story: string, request: Record<string, unknown> = {}, beside: Record<string, unknown> = {}) {
      const body = { id: `P-${randomUUID().slice(0, 8)}`, story, ...request, ...beside };
      const headers = { 'idempotency-key': body.id };
      const got = await api.call('POST', '/processes/purchase/cases', { as: 'storefront', body, headers });
      if (got.status !== 202) throw new Error(got.text);
      return got.body.caseId as string;
    },

    /** Decides over HTTP; answers the status, and the problem's code if it is one. */
    async answer(id: string, as: string, more: object = {}): Promise<string> {
      const body = { verdict: 'approved', version: 1, ...more };
      const got = await api.call('POST', `/handoffs/${encodeURIComponent(id)}/decision`, { as, body });
      return got.status === 200 ? '200' : `${got.status} ${got.body.code}`;
    },

    asked: (caseId: string, name: string): Promise<StoredHandoff> =>
      until(async () => {
        const handoff = await findHandoff(pool, `${caseId}/${name}`);
        return handoff?.state === 'open' && handoff;
      }, `${name} is asked`),

    escalated: (id: string) =>
      until(async () => (await findHandoff(pool, id))?.slaStage === 'escalated', `${id} is escalated`),

    missing: (caseId: string) =>
      until(
        async () => (await whole.record(caseId)).some(({ type }) => type === 'event.missing'),
        `${caseId} waited in vain`,
      ),

    /** How a case was closed. */
    closed: (caseId: string) =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? found : undefined;
      }, `${caseId} is closed`),

    /** The text with which a case concluded, or why it failed. */
    async text(caseId: string): Promise<string> {
      const { outcome, result } = await this.closed(caseId);
      const { text, because } = result as { text?: string; because?: string };
      return outcome === 'done' ? text! : `${outcome}: ${because}`;
    },

    types: async (caseId: string) => (await whole.record(caseId)).map(({ type }) => type),
    bodies: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),
    written: async (caseId: string) =>
      (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation),

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

import people from '../../../api/development-people.json' with { type: 'json' };
import type { ListedCase } from '../../../store/cases.ts';
import type { StoredHandoff } from '../../../store/handoffs.ts';
import { world as apiWorld } from '../../api/world.ts';
import { temporal } from '../../harness.ts';
import { createWorld, until } from '../../world.ts';
import { asOf, records, request, subscriptionId, termEnd } from './good-world.ts';

export type RenewalWorld = Awaited<ReturnType<typeof renewalWorld>>;

/** A whole Baton, API and relay included; every case gets a subscription of its own. */
export async function renewalWorld() {
  const whole = await createWorld();
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress });
  let cases = 0;

  const id = encodeURIComponent;
  const ok = async (call: ReturnType<typeof api.call>, status: number) => {
    const got = await call;
    if (got.status !== status) throw new Error(`${got.status} ${got.text}`);
    return got.body;
  };
  const whoAnswers = (owner: string) => people.find(({ roles }) => roles.includes(owner))!.person;

  return {
    ...whole,
    api,
    /** So that no case of a test is the same as that of another. */
    next: () => `${subscriptionId}-${(cases += 1)}`,

    /** Seeds what is changed of the good world and starts a case on it; answers its id. */
    async begin(
      changes: Parameters<typeof records>[0] = {},
      asked: Record<string, unknown> = {},
      at: Date | string = asOf,
    ): Promise<string> {
      const theOne = { subscriptionId: this.next() };
      const { subscription, usage, price } = changes;
      await whole.seed(
        records({
          ...changes,
          subscription: { ...theOne, ...subscription },
          usage: { ...theOne, ...usage },
          price: { ...theOne, ...price },
        }),
      );
      const body = { ...request({ ...theOne, ...asked }), asOf: new Date(at).toISOString() };
      const headers = { 'idempotency-key': `${theOne.subscriptionId}-${taskQueue}` };
      const call = api.call('POST', '/processes/service-renewal/cases', { as: 'storefront', body, headers });
      return (await ok(call, 202)).caseId as string;
    },

    /** What the systems hold now. */
    async records(): Promise<ReturnType<typeof records>> {
      return (await (await fetch(`${whole.systems.url}/_records`)).json()) as ReturnType<typeof records>;
    },
    /** Puts changed records into the systems, in the place of those with the same ids. */
    async change(changed: Partial<ReturnType<typeof records>>) {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${whole.systems.url}/_records`, { method: 'POST', headers, body: JSON.stringify(changed) });
    },

    /** The handoff that is asked of this queue now. */
    asked: (caseId: string, owner: string): Promise<StoredHandoff> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn ?? [];
        if (!waits.some((wait) => wait.for === 'handoff' && wait.owner === owner)) return undefined;
        const handoff = await whole.waiting(caseId);
        return handoff?.owner === owner && handoff.state === 'open' && handoff;
      }, `${caseId} asks ${owner}`),

    /** Somebody in the queue answers, over HTTP. */
    async answers(caseId: string, owner: string, verdict: 'approved' | 'rejected', more: object = {}) {
      const handoff = await this.asked(caseId, owner);
      const body = { verdict, because: `${owner} says so`, version: handoff.version, ...more };
      await ok(api.call('POST', `/handoffs/${id(handoff.id)}/decision`, { as: whoAnswers(owner), body }), 200);
      return handoff;
    },

    waitsFor: (caseId: string, event: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.waitingOn.some((wait) => wait.id === event) && found;
      }, `${caseId} waits for ${event}`),

    /** What the customer says comes in as an event. */
    async says(caseId: string, name: string, more: object) {
      const data = { subscriptionId: caseId.split('/')[1]!.split(':')[0], termEnd, ...more };
      const body = {
        specversion: '1.0',
        id: crypto.randomUUID(),
        source: 'portal',
        type: `service-renewal.${name}`,
        data,
      };
      const headers = { 'content-type': 'application/cloudevents+json' };
      await ok(api.call('POST', '/events', { as: 'storefront', body, headers }), 202);
    },

    closed: (caseId: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? found : undefined;
      }, `${caseId} is closed`),

    /** What the case wrote and did not take back, in order. */
    async written(caseId: string) {
      const journal = (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`));
      return journal.map(({ operation, body }) => ({ operation, body }));
    },
    operations: async (caseId: string) =>
      (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation),
    lines: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

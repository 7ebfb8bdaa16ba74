import people from '../../api/development-people.json' with { type: 'json' };
import type { ListedCase } from '../../store/cases.ts';
import { findHandoff, type StoredHandoff } from '../../store/handoffs.ts';
import { world as apiWorld } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { createWorld, until, type WorldOptions } from '../world.ts';

type Verdict = 'approved' | 'rejected' | 'returned';

/** A whole Baton, API and relay included, in which cases of one process are begun, people answer and events come over HTTP. */
export async function processWorld(process: string, options: WorldOptions = {}) {
  const whole = await createWorld(options);
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress });
  const at = encodeURIComponent;
  const whoAnswers = (owner: string) => people.find(({ roles }) => roles.includes(owner))?.person ?? owner;

  const ok = async (call: ReturnType<typeof api.call>, status: number) => {
    const got = await call;
    if (got.status !== status) throw new Error(`${got.status} ${got.text}`);
    return got.body;
  };
  const find = async (caseId: string, fits: (found: ListedCase) => boolean | undefined) => {
    const found = await whole.find(caseId);
    return found && fits(found) ? found : undefined;
  };
  const journalOf = async (caseId: string) => (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`));

  return {
    ...whole,
    api,
    ok,
    journalOf,
    /** What the model was asked. */
    questions: whole.asked,

    /** Starts a case over the API, as a system; answers its id. */
    async starts(body: object, key: string): Promise<string> {
      const headers = { 'idempotency-key': `${key}-${taskQueue}` };
      const call = api.call('POST', `/processes/${process}/cases`, { as: 'storefront', body, headers });
      return (await ok(call, 202)).caseId as string;
    },
    /** A CloudEvent of this process comes in. */
    async sends(name: string, data: object) {
      const event = { specversion: '1.0', id: crypto.randomUUID(), source: 'portal', type: `${process}.${name}` };
      const headers = { 'content-type': 'application/cloudevents+json' };
      return ok(api.call('POST', '/events', { as: 'storefront', body: { ...event, data }, headers }), 202);
    },

    waitsFor: (caseId: string, event: string): Promise<ListedCase> =>
      until(
        () => find(caseId, ({ waitingOn }) => waitingOn.some(({ id }) => id === event)),
        `${caseId} waits for ${event}`,
      ),
    /** The handoff that is asked of this queue or person now. */
    asksOf: (caseId: string, owner: string): Promise<StoredHandoff> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn ?? [];
        const wait = waits.find((one) => one.for === 'handoff' && one.owner === owner);
        const found = wait && (await findHandoff(pool, wait.id));
        return found?.state === 'open' && found;
      }, `${caseId} asks ${owner}`),
    /** How somebody in the queue, or the person, is answered when they answer. */
    async tries(caseId: string, owner: string, verdict: Verdict, more: object = {}, as = whoAnswers(owner)) {
      const { id, version } = await this.asksOf(caseId, owner);
      const returns = verdict === 'returned';
      const body = { ...(returns ? {} : { verdict }), because: `${owner} says so`, version, ...more };
      return api.call('POST', `/handoffs/${at(id)}/${returns ? 'return' : 'decision'}`, { as, body });
    },
    async answers(caseId: string, owner: string, verdict: Verdict = 'approved', more: object = {}) {
      const handoff = await this.asksOf(caseId, owner);
      await ok(this.tries(caseId, owner, verdict, more), 200);
      return handoff;
    },
    async cancel(caseId: string): Promise<ListedCase> {
      await ok(api.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'amos', body: {} }), 202);
      return this.closed(caseId);
    },
    closed: (caseId: string): Promise<ListedCase> =>
      until(() => find(caseId, ({ closedAt }) => closedAt !== null), `${caseId} is closed`),

    /** What the case wrote, in order, what it took back included. */
    operations: async (caseId: string) => (await journalOf(caseId)).map(({ operation }) => operation),
    lines: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),

    /** What the systems hold now. */
    held: async () =>
      (await (await fetch(`${whole.systems.url}/_records`)).json()) as Record<string, Record<string, any[]>>,
    /** Puts changed records into the systems, in the place of those with the same ids. */
    async change(changed: object) {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${whole.systems.url}/_records`, { method: 'POST', headers, body: JSON.stringify(changed) });
    },

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

import type { Payload } from '@temporalio/common';
import people from '../../../api/development-people.json' with { type: 'json' };
import type { ListedCase } from '../../../store/cases.ts';
import { findHandoff, type StoredHandoff } from '../../../store/handoffs.ts';
import { world as apiWorld } from '../../api/world.ts';
import { codec, temporal } from '../../harness.ts';
import { createWorld, until, type WorldOptions } from '../../world.ts';
import { contractId, records, request } from './good-world.ts';

export type ReviewWorld = Awaited<ReturnType<typeof reviewWorld>>;
type Verdict = 'approved' | 'rejected' | 'returned';

/** A whole Baton, API and relay included; every case gets a contract of its own. */
export async function reviewWorld(options: WorldOptions = {}) {
  const whole = await createWorld(options);
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

    /** Seeds the good world with what is changed of it and starts a case; answers its id. */
    async begin(draft: Parameters<typeof request>[0] = {}, more: object = {}, changed: object = {}): Promise<string> {
      const own = { contractId: `${contractId}-${(cases += 1)}` };
      await whole.seed(records(changed));
      const body = request(draft, { ...own, ...more });
      const headers = { 'idempotency-key': `${body.contractId}-${taskQueue}` };
      const call = api.call('POST', '/processes/contract-review/cases', { as: 'storefront', body, headers });
      return (await ok(call, 202)).caseId as string;
    },

    /** The open handoffs, once there are this many. */
    asked: (caseId: string, count = 1): Promise<StoredHandoff[]> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn.filter((wait) => wait.for === 'handoff') ?? [];
        if (waits.length !== count) return undefined;
        const found = await Promise.all(waits.map((wait) => findHandoff(pool, wait.id)));
        return found.every((handoff) => handoff?.state === 'open') && (found as StoredHandoff[]);
      }, `${caseId} asks ${count}`),

    /** Somebody in the queue answers, over HTTP. */
    async answers(caseId: string, owner: string, verdict: Verdict, more: object = {}, status = 200) {
      const handoff = await until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn ?? [];
        const mine = waits.find((wait) => wait.for === 'handoff' && wait.owner === owner);
        const found = mine && (await findHandoff(pool, mine.id));
        return found?.state === 'open' && found;
      }, `${caseId} asks ${owner}`);
      const body = { verdict, because: `${owner} says so`, version: handoff.version, ...more };
      const path = `/handoffs/${id(handoff.id)}/${verdict === 'returned' ? 'return' : 'decision'}`;
      const { verdict: _, ...returning } = body;
      const sent = verdict === 'returned' ? returning : body;
      await ok(api.call('POST', path, { as: whoAnswers(owner), body: sent }), status);
      return handoff;
    },

    /** What the other side says comes in as an event, once the case waits for it. */
    async says(caseId: string, round: number, answer: string, more: object = {}) {
      await until(async () => (await whole.find(caseId))?.waitingOn.some((wait) => wait.id === 'answer'), 'it waits');
      const data = { contractId: caseId.split('/')[1]!, round, answer, ...more };
      const event = { specversion: '1.0', id: crypto.randomUUID(), source: 'portal', type: 'contract-review.answer' };
      const headers = { 'content-type': 'application/cloudevents+json' };
      await ok(api.call('POST', '/events', { as: 'storefront', body: { ...event, data }, headers }), 202);
    },

    closed: (caseId: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? found : undefined;
      }, `${caseId} is closed`),

    operations: async (caseId: string) =>
      (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation),
    lines: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),

    /** Every payload of a history, decrypted. */
    async historyOf(caseId: string): Promise<string> {
      const history = await whole.client.workflow.getHandle(caseId).fetchHistory();
      const payloads: Payload[] = [];
      const walk = (value: unknown): void => {
        if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
        if ('metadata' in value && 'data' in value) payloads.push(value as Payload);
        else Object.values(value).forEach(walk);
      };
      walk(history);
      return (await codec.decode(payloads)).map(({ data }) => Buffer.from(data!).toString()).join('\n');
    },

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

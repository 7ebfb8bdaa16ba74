import type { ListedCase } from '../../../store/cases.ts';
import type { StoredHandoff } from '../../../store/handoffs.ts';
import { world as apiWorld } from '../../api/world.ts';
import { temporal } from '../../harness.ts';
import { createWorld, until, type WorldOptions } from '../../world.ts';
import { asOf, type Changes, records, request } from './good-world.ts';

export type AccessWorld = Awaited<ReturnType<typeof accessWorld>>;

/** Worlds of one run share a Temporal server: no two of their cases bear the same name. */
let cases = 0;

/** A whole Baton, API and relay included; every case is about a person of its own. */
export async function accessWorld(options: WorldOptions = {}) {
  const whole = await createWorld(options);
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress });

  const id = encodeURIComponent;
  const ok = async (call: ReturnType<typeof api.call>, status: number) => {
    const got = await call;
    if (got.status !== status) throw new Error(`${got.status} ${got.text}`);
    return got.body;
  };
  const sent = (type: string, data: object) => ({
    as: 'storefront',
    body: { specversion: '1.0', id: crypto.randomUUID(), source: 'portal', type: `access-request.${type}`, data },
    headers: { 'content-type': 'application/cloudevents+json' },
  });
  const employeeOf = (caseId: string) => caseId.replace('access-request/AR', 'E');

  return {
    ...whole,
    api,
    employeeOf,
    /** What the model was asked. */
    questions: whole.asked,

    /** Seeds what is changed of the good world and starts a case on it; answers its id. */
    async begin(changes: Changes = {}, asked: Record<string, unknown> = {}): Promise<string> {
      const n = (cases += 1);
      await whole.seed(records(changes, `E-${n}`));
      const requestId = `AR-${n}`;
      const body = { ...request({ requestId, beneficiary: `E-${n}`, requestedBy: `E-${n}`, ...asked }), asOf };
      const headers = { 'idempotency-key': `${requestId}-${taskQueue}` };
      const call = api.call('POST', '/processes/access-request/cases', { as: 'storefront', body, headers });
      return (await ok(call, 202)).caseId as string;
    },
    /** The same, by an event. */
    async beginByEvent(requestId: string, data: object): Promise<string> {
      const body = request({ requestId, ...data });
      return (await ok(api.call('POST', '/events', sent('requested', body)), 202)).caseId as string;
    },

    /** Puts changed records into the systems, in the place of those with the same ids. */
    async change(changed: object) {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${whole.systems.url}/_records`, { method: 'POST', headers, body: JSON.stringify(changed) });
    },

    /** The handoff that is asked of this person now. */
    asked: (caseId: string, owner: string): Promise<StoredHandoff> =>
      until(async () => {
        const waits = (await whole.find(caseId))?.waitingOn ?? [];
        if (!waits.some((wait) => wait.for === 'handoff' && wait.owner === owner)) return undefined;
        const handoff = await whole.waiting(caseId);
        return handoff?.owner === owner && handoff.state === 'open' && handoff;
      }, `${caseId} asks ${owner}`),

    /** They answer as themselves, over HTTP; the status that they are answered with. */
    async tries(caseId: string, owner: string, verdict: 'approved' | 'rejected', as = owner) {
      const { id: handoff, version } = await this.asked(caseId, owner);
      const body = { verdict, because: `${owner} says so`, version };
      return api.call('POST', `/handoffs/${id(handoff)}/decision`, { as, body });
    },
    answers: async function (caseId: string, owner: string, verdict: 'approved' | 'rejected' = 'approved') {
      await ok(this.tries(caseId, owner, verdict), 200);
    },

    waitsFor: (caseId: string, event: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.waitingOn.some((wait) => wait.id === event) && found;
      }, `${caseId} waits for ${event}`),

    /** What happens elsewhere comes in as an event. */
    async comes(caseId: string, name: string, more: object = {}) {
      const data = { requestId: caseId.split('/')[1], employeeId: employeeOf(caseId), ...more };
      await ok(api.call('POST', '/events', sent(name, data)), 202);
    },

    closed: (caseId: string): Promise<ListedCase> =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.closedAt ? found : undefined;
      }, `${caseId} is closed`),

    /** What the case wrote, in order, what it took back included. */
    operations: async (caseId: string) =>
      (await whole.journal()).filter(({ key }) => key.startsWith(`${caseId}/`)).map(({ operation }) => operation),
    lines: async (caseId: string, type: string) =>
      (await whole.record(caseId)).filter((line) => line.type === type).map(({ body }) => body as any),
    /** Who is in the group of a role now. */
    async members(role: string): Promise<string[]> {
      const held = (await (await fetch(`${whole.systems.url}/_records`)).json()) as ReturnType<typeof records>;
      return held.directory.groups.find(({ displayName }) => displayName === role)?.members ?? [];
    },
    /** What the register says is granted now. */
    async register(): Promise<object[]> {
      const held = (await (await fetch(`${whole.systems.url}/_records`)).json()) as Partial<ReturnType<typeof records>>;
      return held.accessRegister?.grants ?? [];
    },

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

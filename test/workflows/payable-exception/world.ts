import { randomUUID } from 'node:crypto';
import type { ProcessDefinition } from '../../../core/declare/definition.ts';
import { world as apiWorld } from '../../api/world.ts';
import { temporal } from '../../harness.ts';
import { createWorld, until } from '../../world.ts';
import { records } from './good-invoice.ts';

export interface Asked {
  id: string;
  name: string;
  owner: string;
  version: number;
  terms: any;
  packet: any;
  hidden: string[];
  dueAt: string;
}

export type PayablesWorld = Awaited<ReturnType<typeof payablesWorld>>;

/** A whole Baton with its API, in which invoices arrive and people answer. */
export async function payablesWorld(definitions?: Record<string, ProcessDefinition>) {
  const whole = await createWorld(definitions ? { definitions } : {});
  const { address: temporalAddress } = await temporal();
  const { pool, taskQueue } = whole;
  const api = await apiWorld({ pool, taskQueue, temporalAddress });

  const ok = async (method: string, path: string, as: string, body?: unknown, headers = {}) => {
    const got = await api.call(method, path, { as, body, headers });
    if (got.status >= 300) throw new Error(`${method} ${path}: ${got.status} ${got.text}`);
    return got.body;
  };
  const at = encodeURIComponent;
  const open = async (caseId: string) =>
    (await ok('GET', `/handoffs?case=${at(caseId)}&state=open`, 'ada')).handoffs as Asked[];

  const asked = async (caseId: string, many = 1): Promise<Asked[]> => {
    const found = await until(async () => {
      const handoffs = await open(caseId);
      return handoffs.length === many && handoffs;
    }, `${caseId} asks ${many}`);
    return found.toSorted((a, b) => a.name.localeCompare(b.name));
  };

  return {
    ...whole,
    api,
    /** What models were asked. */
    questions: whole.asked,
    seed: (...ledger: Parameters<typeof records>) => whole.seed(records(...ledger)),
    add: async (more: object) => {
      const response = await fetch(`${whole.systems.url}/_records`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(more),
      });
      if (!response.ok) throw new Error(await response.text());
    },

    async begin(request: { messageId: string }, asOf = '2026-05-21T09:00:00Z'): Promise<string> {
      const headers = { 'idempotency-key': request.messageId };
      const path = '/processes/payable-exception/cases';
      return (await ok('POST', path, 'storefront', { ...request, asOf }, headers)).caseId as string;
    },

    open,
    /** Whoever is asked next; several when they are asked at once. */
    asked,
    /** Who is asked after somebody has answered. */
    next: (caseId: string, before: { id: string }): Promise<Asked> =>
      until(async () => {
        const [found] = await open(caseId);
        return found && found.id !== before.id && found;
      }, `${caseId} asks the next`),

    /** Answers `200`, or the status and the problem's code. */
    async answer({ id, version }: Asked, as: string, decision: object = {}): Promise<string> {
      const body = { verdict: 'approved', because: 'looked into', version, ...decision };
      const got = await api.call('POST', `/handoffs/${at(id)}/decision`, { as, body });
      return got.status === 200 ? '200' : `${got.status} ${got.body.code}`;
    },
    giveBack: ({ id, version }: Asked, as: string, because: string) =>
      ok('POST', `/handoffs/${at(id)}/return`, as, { because, version }),

    send: (name: string, data: object) =>
      ok(
        'POST',
        '/events',
        'storefront',
        { specversion: '1.0', id: randomUUID(), source: '/erp', type: `payable-exception.${name}`, data },
        { 'content-type': 'application/cloudevents+json' },
      ),
    /** Waits until the case waits for this event. */
    awaits: (caseId: string, name: string) =>
      until(async () => {
        const found = await whole.find(caseId);
        return found?.waitingOn.find(({ id }) => id === name);
      }, `${caseId} waits for ${name}`),

    closed: (caseId: string) =>
      until(async () => {
        const found = await ok('GET', `/cases/${at(caseId)}`, 'ada');
        return found.status === 'closed' && found;
      }, `${caseId} is closed`),
    cancel: (caseId: string) => ok('POST', `/cases/${at(caseId)}/cancellation`, 'amos', {}),

    operations: async () => (await whole.journal()).map(({ operation }) => operation),
    /** What suppliers were sent. */
    responses: async () =>
      (await whole.journal()).filter(({ operation }) => operation === 'suppliers.respond').map(({ body }) => body),
    held: async (): Promise<{ blocks?: unknown[]; invoices?: any[] }> =>
      ((await (await fetch(`${whole.systems.url}/_records`)).json()) as any).payables ?? {},

    async close() {
      await api.close();
      await whole.close();
    },
  };
}

/** What a response or an outcome says in codes. */
export const codes = (of: unknown) => {
  const { statusCode, reasonCode, actionCode } = of as Record<string, unknown>;
  return [statusCode, reasonCode, actionCode];
};

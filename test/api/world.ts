import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { developmentHookSecret } from '../../api/hooks.ts';
import { type Api, serve, type ServeOptions } from '../../api/serve.ts';
import { connectTemporal, type Temporal } from '../../temporal/client.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { registerCase } from '../../store/cases.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { createPool } from '../../store/pool.ts';
import { freePort } from '../../environment/free-port.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codec, migratedDatabase } from '../harness.ts';

/** The API over a database of its own; Temporal is away unless its address is given. */
export interface World {
  api: Api;
  pool: Pool;
  temporal: Temporal;
  reports: string[];
  dataDir: string;
  /** What development signs webhooks with. */
  hookSecret(): string;
  call(method: string, path: string, options?: Sent): Promise<Got>;
  close(): Promise<void>;
}

export interface Sent {
  /** One of the development people. */
  as?: string;
  token?: string;
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

export interface Got {
  status: number;
  body: any;
  text: string;
  headers: Headers;
}

export async function world(
  options: Pick<ServeOptions, 'hookSecrets' | 'hookGrants' | 'limits' | 'outboundAllow' | 'sampling'> & {
    pool?: Pool;
    temporalAddress?: string;
    taskQueue?: string;
    production?: boolean;
    issuer?: string;
    oidc?: ServeOptions['oidc'];
    rolesSource?: ServeOptions['rolesSource'];
    definitions?: Record<string, ProcessDefinition>;
    watchEveryMs?: number;
    checkFollowersEveryMs?: number;
  } = {},
): Promise<World> {
  const { temporalAddress = `127.0.0.1:${await freePort()}`, taskQueue, production, issuer, definitions } = options;
  const pool = options.pool ?? (await migrated());
  const converter = dataConverter(codec);
  const temporal = connectTemporal({ address: temporalAddress, namespace: 'default', dataConverter: converter });
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'baton-api-'));
  const reports: string[] = [];
  const end = async () => {
    await temporal.close();
    if (!options.pool) await pool.end();
    await rm(dataDir, { recursive: true });
  };
  const api = await serve({
    ...{ pool, temporal, codec, dataDir, port: 0, uiUrl: 'http://127.0.0.1:8233', oidcIssuer: issuer },
    ...(taskQueue ? { taskQueue } : {}),
    ...(production ? { production } : {}),
    ...(options.oidc ? { oidc: options.oidc } : {}),
    ...(options.rolesSource ? { rolesSource: options.rolesSource } : {}),
    ...(options.hookSecrets ? { hookSecrets: options.hookSecrets } : {}),
    ...(options.hookGrants ? { hookGrants: options.hookGrants } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.outboundAllow ? { outboundAllow: options.outboundAllow } : {}),
    ...(definitions ? { definitions } : {}),
    ...(options.sampling ? { sampling: options.sampling } : {}),
    ...(options.checkFollowersEveryMs ? { checkFollowersEveryMs: options.checkFollowersEveryMs } : {}),
    ...(options.watchEveryMs ? { watchEveryMs: options.watchEveryMs } : {}),
    report: (line, about) => reports.push(about?.case ? `${about.case} ${line}` : line),
  }).catch(async (error: unknown) => {
    await end();
    throw error;
  });

  const tokens = new Map<string, string>();
  const tokenOf = async (person: string) => {
    const token = tokens.get(person) ?? (await api.identity!.tokenFor(person));
    tokens.set(person, token);
    return token;
  };

  return {
    ...{ api, pool, temporal, reports, dataDir },
    hookSecret: () => developmentHookSecret(dataDir),
    async call(method, path, { as, token, body, raw, headers = {} } = {}) {
      const bearer = token ?? (as === undefined ? undefined : await tokenOf(as));
      const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`${api.url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(content === undefined ? {} : { body: content as string }),
      });
      const follows = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (follows) void response.body?.cancel(); // it has no end
      const text = follows ? '' : await response.text();
      const isJson = /json$/.test(response.headers.get('content-type')?.split(';')[0] ?? '');
      const parsed: unknown = isJson && text && !text.includes('}\n{') ? JSON.parse(text) : undefined;
      return { status: response.status, body: parsed, text, headers: response.headers };
    },
    async close() {
      await api.close();
      await end();
    },
  };
}

async function migrated(): Promise<Pool> {
  const url = await migratedDatabase();
  return createPool(url, { max: 10 });
}

/** A refund request as a caller would send it. */
export const request = (requestId: string, more: object = {}) => ({
  requestId,
  claims: { email: 'ida@example.com' },
  wishes: [{ action: 'return', orderId: '#W1', itemIds: ['i1'], refundTo: 'card-1' }],
  message: 'It does not fit.',
  confirmed: true,
  ...more,
});

const terms = {
  requestId: 'r',
  customerId: 'C-1',
  returns: [],
  cancellations: [],
  payouts: [{ id: 'payout-1', orderId: '#W1', paymentMethodId: 'card-1', amount: 60_000, currency: 'EUR' }],
  amount: 60_000,
  reply: 'On its way.',
};

/** A case that waits for support's leads, asked for by rita unless said otherwise. */
export async function waitingCase(
  pool: Pool,
  requestId: string,
  {
    requester = 'rita',
    expiresInMs = 86_400_000,
    escalatesInMs = 3_600_000,
    name = 'review',
    owner = 'support-leads',
  } = {},
): Promise<StoredHandoff> {
  const caseId = `refund/${requestId}`;
  const opening = { caseId, process: 'refund', businessKey: requestId, runId: `run-${requestId}`, requester };
  await registerCase(pool, { ...opening, request: request(requestId) });
  const from = Date.now();
  const handoff = await openHandoff(pool, {
    ...{ id: `${caseId}/${name}-1`, caseId, process: 'refund', name, owner, escalateTo: 'support-managers' },
    ...(name === 'repair' ? { termsName: undefined, terms: undefined } : { termsName: 'refund', terms }),
    packet: { request: request(requestId), orders: [], summary: '', evidence: [], rule: 'large-refund' },
    mayAmend: name === 'repair' ? [] : ['payouts', 'amount', 'reply'],
    atRiskAt: new Date(from + escalatesInMs * 0.75),
    escalatesAt: new Date(from + escalatesInMs),
    expiresAt: new Date(from + expiresInMs),
  });
  return handoff!;
}

export const at = (id: string) => encodeURIComponent(id);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Action } from '../core/declare/definition.ts';
import { type Service, startService } from '../scripts/embedded/service.ts';
import { definition } from '../workflows/refund/definition.ts';
import { startParts } from './parts.ts';
import { makeRequests } from './requests.ts';

/** How long after the switch's answer the last new write takes effect, while several worker processes have many refunds under way. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    workers: { type: 'string', default: '4' },
    cases: { type: 'string', default: '30' },
  },
});
const [rounds, workerCount, cases] = [values.rounds, values.workers, values.cases].map(Number) as [
  number,
  number,
  number,
];

/** Longer than anything may go on. */
const watchMs = 6_000;
const undos = new Set<string>(
  Object.values<Action>(definition.actions).flatMap((action) => action.compensatedBy ?? []),
);

interface Effect {
  seq: number;
  at: string;
  operation: string;
  key: string;
}

const parts = await startParts('embedded', 0);
const dataDir = mkdtempSync(path.join(tmpdir(), 'baton-stop-'));
const services: Service[] = [];
try {
  const { databaseUrl, systemsUrl, modelUrl, temporalAddress, keys } = parts.around;
  const env = {
    ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, PAYLOAD_KEYS: keys, DATA_DIR: dataDir },
    ...{ SYSTEMS_URL: systemsUrl, OPENAI_BASE_URL: modelUrl, OPENAI_API_KEY: 'none', PORT: '0' },
  };
  const started = async (entry: string) => {
    const service = await startService({ entry, env });
    services.push(service);
    return service.url;
  };
  const apiUrl = await started('api/main.ts');
  for (let n = 0; n < workerCount; n++) await started('workers/main.ts');

  const tokens = new Map<string, string>();
  const call = async (as: string, method: string, url: string, body?: unknown, headers = {}): Promise<unknown> => {
    const token = tokens.get(as) ?? (await (await fetch(`${apiUrl}/dev/identity/tokens/${as}`)).text()).trim();
    tokens.set(as, token);
    const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
    const response = await fetch(url, { method, headers: all, body: body === undefined ? null : JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  };
  const set = (stopped: boolean) =>
    call('amos', 'PUT', `${apiUrl}/switches/process/refund`, { stopped, because: 'the bench' });
  const written = async (after: number) =>
    ((await call('amos', 'GET', `${systemsUrl}/_journal?after=${after}`)) as Effect[]).filter(
      ({ operation }) => !undos.has(operation),
    );

  const lasts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { requests, records } = makeRequests(`stop-${round}`, cases, false);
    await call('amos', 'PUT', `${systemsUrl}/_records`, records);
    const start = (request: (typeof requests)[number]) =>
      call('storefront', 'POST', `${apiUrl}/processes/refund/cases`, request, { 'idempotency-key': request.requestId });
    await Promise.all(requests.map(start));
    while ((await written(0)).length < cases / 2) await delay(20);
    await delay(Math.random() * 300);
    await set(true);
    const answered = Date.now();
    const before = (await written(0)).length;
    await delay(watchMs);
    const all = await written(0);
    const last = Math.max(0, ...all.map(({ at }) => Date.parse(at) - answered));
    lasts.push(last);
    await set(false);
    const expected = cases * 4;
    console.log(
      `round ${round + 1}: ${before} of ${expected} writes at the call, ${all.length} after it; the last ${last} ms later`,
    );
    while ((await written(0)).length < expected) await delay(100);
  }
  const sorted = lasts.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  console.log(
    `${rounds} rounds, ${workerCount} worker processes, ${cases} refunds at once: last new write after the call's answer, ms: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`,
  );
} finally {
  await Promise.all(services.map((service) => service.stop()));
  await parts.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { admin, changesOf } from './admin.ts';
import { Refusal } from './declare.ts';
import { createFaults } from './faults.ts';
import { createRequestLog } from './request-log.ts';
import { sampleRecords } from './sample-records.ts';
import { scim } from './scim.ts';
import { openStore, unstorable } from './store.ts';
import { wire } from './wire.ts';

export interface SandboxOptions {
  databaseUrl: string;
  /** 0: any free port. */
  port: number;
  dedupe: boolean;
}

export interface Sandbox {
  url: string;
  close(): Promise<void>;
}

/** Answers on 127.0.0.1 only. A system that was never given its sample records is given them. */
export async function startSandbox({ databaseUrl, port, dedupe }: SandboxOptions): Promise<Sandbox> {
  const store = await openStore(databaseUrl);
  const samples = sampleRecords();
  const unseeded = await store.unseeded(Object.keys(samples));
  await store.load(changesOf(Object.fromEntries(unseeded.map((system) => [system, samples[system]]))), false);
  const log = createRequestLog(store);
  const faults = createFaults();
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .use(admin(store, log, faults))
    .use('/directory/scim/v2', scim({ store, log, faults, dedupe }))
    .use(wire({ store, log, faults, dedupe }))
    .use((_req, res) => void res.status(404).json({ code: 'not-found', message: 'There is no such call.' }))
    .use(refused);
  const server = createServer(app);
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(force);
      await log.flush();
      await store.close();
    },
  };
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

/** Express's own errors (malformed or oversized bodies) carry a status too. */
const refused: ErrorRequestHandler = (error: Error & { status?: number }, _req, res, _next) => {
  if (res.headersSent || res.destroyed) return;
  if (error instanceof Refusal) res.status(error.status).json({ code: error.code, message: error.message });
  else if (unstorable(error)) res.status(400).json({ code: 'input-invalid', message: 'Text that cannot be stored.' });
  else if (error.status !== undefined && error.status < 500)
    res.status(error.status).json({ code: 'input-invalid', message: error.message });
  else {
    console.error(`sandbox: ${error.stack}`);
    res.status(500).json({ code: 'internal', message: 'The sandbox failed; see its output.' });
  }
};

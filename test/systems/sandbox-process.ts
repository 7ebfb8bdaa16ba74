import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../systems/sandbox/main.ts', import.meta.url));

const running = new Set<ChildProcess>();

// A failed test leaves its sandbox behind, and the run would wait for it.
after(() => running.forEach((child) => child.kill('SIGKILL')));

export interface SandboxProcess {
  url: string;
  /** Ends it and answers its exit code; null when it was killed. */
  stop(signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
  get<T = any>(path: string): Promise<T>;
  send<T = any>(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** A call on a system's wire as it is answered. */
  read(operation: string, by: unknown): Promise<{ status: number; body: any }>;
  write(operation: string, key: string, body: unknown): Promise<{ status: number; body: any }>;
}

/** A sandbox as a process of its own, on a port of its own. */
export async function sandboxProcess(databaseUrl: string, env: Record<string, string> = {}): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', DATABASE_URL: databaseUrl, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    exited.then((code) => Promise.reject(new Error(`the sandbox ended with ${code}`))),
  ]);
  const url = /^sandbox ready on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
  if (!url) throw new Error(`not ready: ${line}`);

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as any };
  };
  const fine = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    url,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
    get: (path) => fine('GET', path),
    send: fine,
    read: (operation, by) =>
      call('GET', `/${operation.replace('.', '/')}?by=${encodeURIComponent(JSON.stringify(by))}`),
    write: (operation, key, body) => call('POST', `/${operation.replace('.', '/')}`, body, { 'idempotency-key': key }),
  };
}

/** A small good world: one customer with a card and a gift card, one delivered and one pending order. */
export const customer = {
  customerId: 'C-1',
  firstName: 'Lena',
  lastName: 'Sundqvist',
  email: 'lena@mail.example',
  postalCode: '11220',
  paymentMethods: [
    { paymentMethodId: 'card', kind: 'credit_card' },
    { paymentMethodId: 'gift', kind: 'gift_card', balance: 1_000 },
  ],
};

export const order = (orderId: string, status: string) => ({
  orderId,
  customerId: 'C-1',
  status,
  currency: 'EUR',
  items: [{ itemId: `${orderId}-1`, productId: 'P-1', name: 'Lamp', price: 2_500 }],
  payments: [{ kind: 'payment', paymentMethodId: 'card', amount: 2_500 }],
});

export const world = () => ({
  crm: { customers: [customer] },
  orders: { orders: [order('O-1', 'delivered'), order('O-2', 'pending')] },
});

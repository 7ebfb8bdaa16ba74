import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';

/** Where samples are played. */
export interface Stage {
  apiUrl: string;
  sandboxUrl: string | undefined;
  modelUrl: string | undefined;
  pool: Pool;
  client: Client;
  say(line: string): void;
  /** Ctrl-C came: nothing more is played. */
  over(): boolean;
}

/** As somebody who may read everything. */
export const get = (stage: Stage, path: string) => call(stage, 'ada', 'GET', path);

/** By where they are from. */
const tokens = new Map<string, string>();

/** Calls the API as one of the development people. Throws what it refuses. */
export async function call(
  { apiUrl }: Stage,
  person: string,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const url = `${apiUrl}/dev/identity/tokens/${person}`;
  const token = tokens.get(url) ?? (await (await fetch(url)).text()).trim();
  tokens.set(url, token);
  const response = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${person}, ${method} ${path}: ${response.status} ${text}`);
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
}

/** Calls the sandbox or the model. */
export async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../models/stand-in/main.ts', import.meta.url));

export interface Received {
  seq: number;
  name: string;
  key: string;
  raw: string;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format: { json_schema: { schema: any } };
  };
}

/** The model stand-in as a process of its own, and what one may tell and ask it. */
export const startStandIn = async (env: NodeJS.ProcessEnv = {}) => {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const baseUrl = /http:\S+/.exec(line)![0];
  const root = new URL('/', baseUrl);
  const call = (method: string, path: string, body?: unknown) =>
    fetch(new URL(path, root), { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return {
    line,
    baseUrl,
    call,
    behave: (behaviour: object) => call('POST', '_behaviour', behaviour),
    reset: () => Promise.all([call('DELETE', '_behaviour'), call('DELETE', '_requests')]),
    requests: async () => (await (await call('GET', '_requests')).json()) as Received[],
    stop: async (signal: NodeJS.Signals = 'SIGTERM') => {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
};

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { findTemporal, userCacheDir } from './temporal-cli.ts';
import { spawnTied, type TiedProcess } from './tied-process.ts';

export interface TemporalOptions {
  /** Where its state is kept, so that cases survive a restart. */
  dbFilename: string;
  port: number;
  /** Without one there is no Web UI. */
  uiPort?: number;
  namespace?: string;
  /** What the Web UI asks to make payloads readable. */
  codecEndpoint?: string;
  report?: (line: string) => void;
}

export interface EmbeddedTemporal extends Pick<TiedProcess, 'pid' | 'exited' | 'stop' | 'kill'> {
  address: string;
  namespace: string;
  uiUrl: string | undefined;
  /** Where the `temporal` command lies. */
  cli: string;
}

const dynamicConfig: Readonly<Record<string, unknown>> = {
  'history.timerProcessorMaxTimeShift': '10ms', // otherwise timers are up to a second late
  'system.forceSearchAttributesCacheRefreshOnRead': true, // new search attributes count at once
  'system.enableEagerWorkflowStart': true,
};

/** Starts a Temporal development server on 127.0.0.1 and waits until it answers. */
export async function startTemporal(options: TemporalOptions): Promise<EmbeddedTemporal> {
  const { dbFilename, port, uiPort, namespace = 'default', codecEndpoint, report = () => {} } = options;
  const cli = await findTemporal(userCacheDir('baton'), report);
  fs.mkdirSync(path.dirname(dbFilename), { recursive: true });
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace];
  args.push('--db-filename', dbFilename, '--log-level', 'error');
  args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  if (uiPort) args.push('--ui-port', String(uiPort), '--ui-disable-news-fetch');
  else args.push('--headless');
  if (codecEndpoint) args.push('--ui-codec-endpoint', codecEndpoint);
  for (const [key, value] of Object.entries(dynamicConfig)) {
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  }

  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  const tail: string[] = [];
  const server = await spawnTied(cli, args, { onLine: (line) => tail.push(line) > 20 && tail.shift() });
  const { pid, exited, stop, kill } = server;
  let ended: number | undefined;
  void exited.then((code) => (ended = code));
  const address = `127.0.0.1:${port}`;
  while (!(await answers(address, namespace))) {
    if (ended !== undefined) throw new Error(`The Temporal server ended with ${ended}\n${tail.join('\n')}`);
    if (seconds() > 60) {
      await kill();
      throw new Error(`The Temporal server was not ready within 60 s\n${tail.join('\n')}`);
    }
    await delay(50);
  }
  report(`Temporal: ready on ${address} after ${seconds().toFixed(1)} s`);
  return { address, namespace, uiUrl: uiPort ? `http://127.0.0.1:${uiPort}` : undefined, cli, pid, exited, stop, kill };
}

async function answers(address: string, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 500 });
    try {
      await connection.withDeadline(Date.now() + 1_000, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

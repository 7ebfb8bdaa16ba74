import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../environment/free-port.ts';

type Name = 'api' | 'postgres' | 'temporal' | 'ui' | 'systems' | 'model' | 'metrics';

/** How long the parts of a start that was killed may take to end. */
const endingMs = 5_000;

/**
 * Answers the port that a part had at the last start with this data, so that an address that was noted still works; at first
 * the usual one. Another is taken, and kept, only where somebody else listens there.
 */
export function keptPorts(dataDir: string, report: (line: string) => void) {
  const file = path.join(dataDir, 'ports.json');
  const kept = read(file);
  return async (name: Name, usual = 0): Promise<number> => {
    const before = kept[name];
    const wanted = before ?? usual;
    const port = before === undefined ? await freePort(usual) : await onceFree(before);
    if (wanted !== 0 && port !== wanted) report(`Port ${wanted} is taken by another program: ${port} is used instead`);
    kept[name] = port;
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify(kept));
    return port;
  };
}

/** Waits for it a while, then answers another one. */
async function onceFree(wanted: number): Promise<number> {
  for (const until = Date.now() + endingMs; ; await delay(100)) {
    const port = await freePort(wanted);
    if (port === wanted || Date.now() > until) return port;
  }
}

function read(file: string): Partial<Record<Name, number>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<Name, number>>;
  } catch {
    return {}; // the first start, or a file that was cut off: the usual ports
  }
}

import { fileURLToPath } from 'node:url';
import { spawnTied, type TiedProcess } from './tied-process.ts';

const root = new URL('../../', import.meta.url);

export interface ServiceOptions {
  /** The Node program to run, from the project's root: `systems/sandbox/main.ts`. */
  entry: string;
  args?: readonly string[];
  /** Added to this process's environment; `undefined` takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** The line that says it can be used; its first group is the URL. */
  readyLine?: RegExp;
  readyWithinMs?: number;
  /** Every line it writes. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface Service extends Pick<TiedProcess, 'pid' | 'exited' | 'stop' | 'kill'> {
  url: string;
}

/** Starts one of our own programs as a process of its own that cannot outlive this one. Throws, with its last lines, when it ends instead of getting ready. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { entry, args = [], readyLine = /ready on (\S+)/, readyWithinMs = 30_000, onLine } = options;
  const ready = Promise.withResolvers<string>();
  const tail: string[] = [];
  const tied = await spawnTied(process.execPath, [fileURLToPath(new URL(entry, root)), ...args], {
    env: { ...process.env, ...options.env },
    onLine(line, stream) {
      if (tail.push(line) > 20) tail.shift();
      const [matched, url = ''] = readyLine.exec(line) ?? [];
      if (matched !== undefined) ready.resolve(url);
      onLine?.(line, stream);
    },
  });
  const { pid, exited, stop, kill } = tied;
  const fail = (because: string) => ready.reject(new Error([`${entry} ${because}`, ...tail].join('\n')));
  void exited.then((code) => fail(`ended with ${code} before it was ready`));
  const timer = setTimeout(() => {
    fail(`was not ready within ${readyWithinMs / 1000} s`);
    void kill();
  }, readyWithinMs);
  try {
    return { url: await ready.promise, pid, exited, stop, kill };
  } finally {
    clearTimeout(timer);
  }
}

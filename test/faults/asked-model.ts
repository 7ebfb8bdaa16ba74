import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';

/** What the model was asked: `given` as it stood in the request. */
export interface Asked {
  name: string;
  key: string;
  given: unknown;
}

/** Copies what the model was asked, since it forgets that when it is killed. */
export function listenToModel({ modelUrl }: Bench) {
  const asked = new Map<string, Asked>();
  const end = new AbortController();
  const look = async () => {
    const response = await fetch(`${modelUrl}/_requests`, { signal: AbortSignal.timeout(5_000) });
    type Request = { name: string; key: string; raw: string; body: { messages: { role: string; content: string }[] } };
    for (const { name, key, raw, body } of (await response.json()) as Request[]) {
      const text = body.messages.findLast(({ role }) => role === 'user')?.content ?? '';
      const given = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as unknown;
      asked.set(raw + key, { name, key, given });
    }
    await fetch(`${modelUrl}/_requests`, { method: 'DELETE', signal: AbortSignal.timeout(5_000) });
  };
  const listening = (async () => {
    for (; !end.signal.aborted; await delay(700)) await look().catch(() => undefined);
  })();
  return {
    async stop(): Promise<Asked[]> {
      end.abort();
      await listening;
      await look();
      return [...asked.values()];
    },
  };
}

import type { World } from './world.ts';
import { until } from '../world.ts';

export interface Told {
  event: string;
  data: any;
}

/** Somebody who follows what changes, as a page does. */
export interface Follower {
  status: number;
  told: Told[];
  /** Heartbeats so far. */
  beats(): number;
  isOver(): boolean;
  /** Waits for a change of this kind, and answers it. */
  hears(kind: string): Promise<any>;
  leave(): void;
}

export async function follow(url: string, token: string): Promise<Follower> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/changes`, {
    headers: { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  const told: Told[] = [];
  let [over, beats] = [false, 0];
  const read = async () => {
    let rest = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + piece).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
        if (event) told.push({ event, data: JSON.parse(data!) });
        else beats++;
      }
    }
  };
  void read()
    .catch(() => undefined)
    .then(() => (over = true));
  const heard = (kind: string) => told.find(({ event, data }) => event === 'changed' && data.kind === kind);
  return {
    ...{ status: response.status, told, beats: () => beats, isOver: () => over },
    async hears(kind) {
      await until(async () => heard(kind) !== undefined, `${kind} is heard`);
      return heard(kind)!.data;
    },
    leave: () => leaving.abort(),
  };
}

export const followAs = async (here: World, person: string): Promise<Follower> =>
  follow(here.api.url, await here.api.identity!.tokenFor(person));

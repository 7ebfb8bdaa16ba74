import type { Caller } from '../faults/client.ts';
import { playPeople } from '../faults/people.ts';
import { untilAtRest } from '../faults/rest.ts';
import { send } from '../faults/senders.ts';
import type { World as Api } from '../api/world.ts';

export interface Played {
  count: number;
  seed: number;
  sandboxUrl: string;
}

/** So many cases of all processes come in at once through the API, and people answer what they are asked, until nothing moves any more. */
export async function playCases({ call, pool }: Api, { count, seed, sandboxUrl }: Played): Promise<void> {
  const caller: Caller = { answered: [], call: (as, method, path, sent = {}) => call(method, path, { as, ...sent }) };
  const run = `played-${seed}`;
  const people = playPeople(caller, seed);
  await send({ sandboxUrl }, caller, { cases: count, seed, run, forMs: 0, cancelled: 0.05 });
  const stuck = await untilAtRest(
    pool,
    run,
    () => people.busy() > 0,
    () => undefined,
  );
  await people.stop();
  if (stuck.length > 0) throw new Error(`They do not come to rest: ${stuck.join(', ')}`);
}

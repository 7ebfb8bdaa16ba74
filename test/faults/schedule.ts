import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../security/random.ts';
import { type Bench, type LinkName, linkNames, type PartName, partNames } from './bench.ts';

/** What was disturbed, from when until it was whole again (ms since 1970). */
export interface Outage {
  what: string;
  touches: PartName | LinkName;
  from: number;
  until: number;
}

interface Fault {
  what: string;
  touches: PartName | LinkName;
  forMs: number;
  hurt(bench: Bench): Promise<void> | void;
  heal(bench: Bench): Promise<void> | void;
}

type Make = (random: Random) => Fault;

const killing =
  (name: PartName): Make =>
  (random) => ({
    what: `kill ${name}`,
    touches: name,
    forMs: random.int(0, 1_500),
    hurt: (bench) => bench.parts[name].kill(),
    heal: (bench) => bench.parts[name].start(),
  });

const freezing =
  (name: PartName): Make =>
  (random) => ({
    what: `freeze ${name}`,
    touches: name,
    forMs: random.int(300, 4_000),
    hurt: (bench) => bench.parts[name].freeze(),
    heal: (bench) => bench.parts[name].thaw(),
  });

const disturbing =
  (name: LinkName, how: 'cut' | 'reset' | 'stall' | 'slow'): Make =>
  (random) => {
    const ms = random.int(50, 600);
    return {
      what: `${how} ${name}`,
      touches: name,
      forMs: how === 'reset' ? 0 : random.int(300, 3_000),
      hurt: ({ links }) => (how === 'slow' ? links[name].slow(ms) : links[name][how]()),
      heal: ({ links }) => links[name].mend(),
    };
  };

const faults: readonly Make[] = [
  ...partNames.flatMap((name) => [killing(name), killing(name), freezing(name)]),
  ...linkNames.flatMap((name) => (['cut', 'reset', 'stall', 'slow'] as const).map((how) => disturbing(name, how))),
];

/** Disturbs processes and links, one after another and sometimes two at once, until `until`; all is healed when it ends. */
export async function disturb(
  bench: Bench,
  random: Random,
  until: number,
  log: (line: string) => void,
): Promise<Outage[]> {
  const outages: Outage[] = [];
  const one = async (fault: Fault): Promise<void> => {
    const { what, touches, forMs } = fault;
    const outage = { what, touches, from: Date.now(), until: Number.POSITIVE_INFINITY };
    outages.push(outage);
    await fault.hurt(bench);
    await delay(forMs);
    await fault.heal(bench);
    outage.until = Date.now();
    log(`${what} for ${outage.until - outage.from} ms`);
  };
  while (Date.now() < until) {
    await delay(random.int(200, 900));
    const [first, second] = [random.pick(faults)(random), random.pick(faults)(random)];
    const both = random.chance(0.25) && first.touches !== second.touches ? [first, second] : [first];
    await Promise.all(both.map(one));
  }
  return outages;
}

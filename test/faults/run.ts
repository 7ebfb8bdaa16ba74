import { Random } from '../security/random.ts';
import { listenToModel } from './asked-model.ts';
import type { Bench } from './bench.ts';
import { createCaller } from './client.ts';
import { type Evidence, gather } from './evidence.ts';
import { misbehave } from './misbehaviour.ts';
import { type Finding, judge } from './oracle/index.ts';
import { playPeople } from './people.ts';
import { percentile, recoveries } from './recovery.ts';
import { untilAtRest } from './rest.ts';
import { disturb, type Outage } from './schedule.ts';
import { send } from './senders.ts';

export interface RunOptions {
  cases: number;
  seed: number;
  /** What goes wrong while the cases run; nothing, when left out. */
  faults?: (bench: Bench, random: Random, until: number, log: (line: string) => void) => Promise<Outage[]>;
  /** How long the cases take to come in. */
  forMs?: number;
  cancelled?: number;
  run?: string;
  log?: (line: string) => void;
}

export interface Result {
  cases: number;
  findings: Finding[];
  evidence: Evidence;
}

/** Everything that can go wrong at once: processes, links, systems and the model. */
export const everyFault: NonNullable<RunOptions['faults']> = async (bench, random, until, log) => {
  const [other, another] = [new Random(random.int(0, 2 ** 30)), new Random(random.int(0, 2 ** 30))];
  const [outages, modes] = await Promise.all([disturb(bench, other, until, log), misbehave(bench, another, until)]);
  const counts = [...new Set(modes)].map((mode) => `${mode} ${modes.filter((one) => one === mode).length}`);
  log(`systems: ${counts.toSorted().join(', ')}`);
  return outages;
};

/** Plays cases while things go wrong; then all is healed, and once nothing moves any more, held against the ten invariants. */
export async function play(bench: Bench, options: RunOptions): Promise<Result> {
  const { cases, seed, faults, forMs = Math.max(8_000, cases * 500), cancelled = 0.08, run = `s${seed}` } = options;
  const { log = () => undefined } = options;
  const caller = createCaller(bench);
  const people = playPeople(caller, seed);
  const model = listenToModel(bench);
  const sending = send(bench, caller, { cases, seed, run, forMs, cancelled });
  const outages = faults ? await faults(bench, new Random(seed + 1), Date.now() + forMs, log) : [];
  const sent = await sending;
  log(`healed; ${sent.accepted.length} cases accepted, ${sent.refused} refused, ${sent.cancelled.size} cancelled`);
  const stuck = await untilAtRest(bench.pool, run, () => people.busy() > 0, log);
  await people.stop();
  const asked = await model.stop();
  const { answered } = caller;
  const evidence = await gather(bench, run, { sent, outages, asked, stuck, told: people.told, answered });
  return { cases, findings: judge(evidence), evidence };
}

/** One line for each invariant, what was seen of each process, how quickly cases got on, and the sum of it. */
export function printed({ cases, findings, evidence }: Result): string {
  const invariants = findings.map(
    ({ number, name, looked, broken }) =>
      `${String(number).padStart(2)} ${name}: ${looked} looked at, ${broken.length} broken`,
  );
  const complaints = findings.flatMap(({ number, broken }) => broken.slice(0, 10).map((one) => `   ${number}: ${one}`));
  const times = recoveries(evidence);
  const seconds = (share: number) => ((percentile(times, share) ?? 0) / 1_000).toFixed(1);
  const recovery = `recovery: p50 ${seconds(0.5)} s, p95 ${seconds(0.95)} s, of ${times.length} cases under way in ${evidence.outages.length} outages`;
  const of = (wanted: number) => findings.find(({ number }) => number === wanted)!.broken.length;
  const sum = `${cases} cases: ${of(1)} lost, ${of(2)} doubled, ${of(10)} stuck, ${of(9)} unclear`;
  return [...outcomes(evidence), ...invariants, ...complaints, recovery, sum].join('\n');
}

function outcomes({ cases, effects, handoffs, tasks }: Evidence): string[] {
  const counts = new Map<string, number>();
  for (const { outcome } of cases) counts.set(outcome ?? 'waiting', (counts.get(outcome ?? 'waiting') ?? 0) + 1);
  const ends = [...counts].toSorted(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`);
  return [
    `ended: ${ends.join(', ')}`,
    `${effects.length} effects, ${handoffs.length} handoffs, ${tasks.length} open tasks`,
  ];
}

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Contestant, startContestant } from './contestants.ts';
import { type Name, names } from './contestant.ts';
import { measure, measureWaiting, type Sample } from './measure.ts';
import { type Parts, type ServerKind, startParts } from './parts.ts';
import { medianOf, ratios, table, targets, verdicts } from './report.ts';
import { buildServer } from './server-on-postgres.ts';
import { load } from './usage.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'embedded,postgres' },
    only: { type: 'string', default: names.join(',') },
    kinds: { type: 'string', default: 'straight,approval' },
    'at-once': { type: 'string', default: '1,32,128' },
    runs: { type: 'string', default: '3' },
    cases: { type: 'string', default: '1' },
    waiting: { type: 'string', default: '600,600' },
    cached: { type: 'string' },
    'model-ms': { type: 'string', default: '800' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const list = (text: string) => text.split(',').filter((part) => part !== '');
const only = list(values.only) as Name[];
const runs = Number(values.runs);
const modelMs = Number(values['model-ms']);

/** Enough cases for the kernel's 10 ms to count little, few enough to end. */
const countFor = (atOnce: number) => Math.round(Math.max(60, 3 * atOnce) * Number(values.cases));

async function bench(server: ServerKind): Promise<void> {
  console.log(`\n=== Temporal server: ${server === 'embedded' ? 'development server, SQLite' : 'on Postgres'} ===`);
  const parts = await startParts(server, modelMs);
  try {
    const contestants: Contestant[] = [];
    for (const name of only) contestants.push(await startContestant(name, parts.around, values.profile));
    for (const contestant of contestants) {
      await measure(parts, contestant, { count: 250, atOnce: 16, approval: false }); // for V8 to compile what is hot
      await measure(parts, contestant, { count: 30, atOnce: 8, approval: true });
    }
    for (const kind of list(values.kinds)) {
      const approval = kind === 'approval';
      for (const atOnce of list(values['at-once']).map(Number)) {
        const count = countFor(atOnce);
        const samples: Sample[] = [];
        for (let run = 0; run < runs; run++) {
          const order = contestants.map((_, n) => contestants[(n + run) % contestants.length]!);
          for (const contestant of order) samples.push(await measure(parts, contestant, { count, atOnce, approval }));
        }
        if (values.json) for (const sample of samples) console.log(JSON.stringify({ server, kind, atOnce, ...sample }));
        const medians = only.map((name) => medianOf(samples.filter((sample) => sample.name === name)));
        const what = approval ? 'by approval' : 'straight through';
        console.log(`\n${what}, ${atOnce} at once (${count} cases, median of ${runs}, load average ${load()})`);
        console.log(table(medians));
        console.log(ratios(medians));
        console.log(verdicts(medians, { approval, atOnce, modelMs }));
      }
    }
    for (const contestant of contestants) await contestant.send({ do: 'close' });
    if (values.waiting !== '') await waiting(parts);
  } finally {
    await parts.stop();
  }
}

/** Processes of their own: only what waits is in them. */
async function waiting(parts: Parts): Promise<void> {
  const [first = 600, more = 600] = list(values.waiting).map(Number);
  console.log(`\nper waiting case, by the slope from ${first + more} to ${first + 2 * more} of them`);
  for (const name of only.filter((each) => each !== 'plain')) {
    const cachedCases = values.cached ? { cachedCases: Number(values.cached) } : {};
    const contestant = await startContestant(name, { ...parts.around, ...cachedCases });
    const { rss, heap, total } = await measureWaiting(parts, contestant, [first, more]);
    const verdict = name !== 'refund' ? '' : rss <= targets.kibPerWaiting ? ' held' : ' MISSED';
    const text = `RSS ${rss.toFixed(1)} KiB, heap of the main thread ${heap.toFixed(1)} KiB, process ${total.toFixed(0)} MiB`;
    console.log(`  ${name}: ${text}${verdict}`);
    await contestant.send({ do: 'close' });
  }
}

console.log(
  'CPU is user + system time in milliseconds per case. Temporal: the server (and its Postgres). worker: the Node',
);
console.log(
  'process with worker and client. Postgres: of the store and its record. systems: the sandbox and its Postgres.',
);
console.log(
  `model: the stand-in, which answers after ${modelMs} ms. engine = Temporal + worker. all = everything. others: cores used by other programs meanwhile.`,
);
console.log(`${availableParallelism()} cores, load average ${load()}`);
for (const server of list(values.server) as ServerKind[]) {
  const why = server === 'postgres' ? buildServer((line) => console.log(line)) : undefined;
  if (why) console.log(`\nSkipped the Temporal server on Postgres: ${why}`);
  else await bench(server);
}

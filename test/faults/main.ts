import { parseArgs } from 'node:util';
import { fetchParts, stopParts } from '../harness.ts';
import { withBench } from './bench.ts';
import { provoking } from './planted/provocations.ts';
import { everyFault, play, printed } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    plant: { type: 'string' },
    'no-faults': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);
const began = Date.now();
const log = (line: string) => console.error(`${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

await fetchParts();
const { plant } = values;
const faults = plant ? { faults: provoking(plant), cancelled: 0 } : { faults: everyFault };
const result = await withBench(`faults-${seed}`, { planted: plant }, async (bench) => {
  log(`everything runs; what the processes say stands in ${bench.home}`);
  const played = await play(bench, {
    ...{ cases: Number(values.cases), seed, log },
    ...(values['no-faults'] ? {} : faults),
  });
  for (const { name, endedByItself } of Object.values(bench.parts))
    if (endedByItself() > 0) log(`${name} ended by itself ${endedByItself()} times, and was started again`);
  return played;
});
console.log(printed(result));
const isWhole = result.findings.every(({ broken }) => broken.length === 0);
if (isWhole) await stopParts();
process.exit(isWhole ? 0 : 1);

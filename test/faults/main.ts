import { parseArgs } from 'node:util';
import { fetchParts, stopParts } from '../harness.ts';
import { startBench } from './bench.ts';
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
const bench = await startBench(`faults-${seed}`, { planted: values.plant });
log(`everything runs; what the processes say stands in ${bench.logs}`);
const { plant } = values;
const faults = plant ? { faults: provoking(plant), cancelled: 0 } : { faults: everyFault };
const result = await play(bench, {
  ...{ cases: Number(values.cases), seed, log },
  ...(values['no-faults'] ? {} : faults),
});
await bench.close();
console.log(printed(result));
const isWhole = result.findings.every(({ broken }) => broken.length === 0);
if (isWhole) await stopParts();
process.exit(isWhole ? 0 : 1);

import { parseArgs } from 'node:util';
import { stopParts } from '../harness.ts';
import { printed, runAttacks } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const found = await runAttacks(Number(values.cases), Number(values.seed), console.error);
for (const one of found.unfounded) console.log(one);
console.log(`seed ${values.seed}\n${printed(found)}`);
await stopParts();
process.exit(found.unfounded.length === 0 ? 0 : 1);

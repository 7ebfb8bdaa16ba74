import { parseArgs } from 'node:util';
import { stopParts } from '../harness.ts';
import { printedDecisions, runDecisionAttacks } from './decisions/run.ts';
import { printedTries, runLateWrites } from './late-writes.ts';
import { Random } from './random.ts';
import { printed, runAttacks } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    tries: { type: 'string' },
    decisions: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
if (values.tries !== undefined) {
  const found = await runLateWrites(Number(values.tries), new Random(Number(values.seed)), console.error);
  console.log(`seed ${values.seed}\n${printedTries(found)}`);
  await stopParts();
  process.exit(found.some(({ begun, effects }) => begun + effects > 0) ? 1 : 0);
}
if (values.decisions !== undefined) {
  const found = await runDecisionAttacks(Number(values.decisions), Number(values.seed), console.error);
  console.log(`seed ${values.seed}\n${printedDecisions(found)}`);
  await stopParts();
  process.exit(found.misapplied.length + found.refusedRightful.length === 0 ? 0 : 1);
}
const found = await runAttacks(Number(values.cases), Number(values.seed), console.error);
for (const one of found.unfounded) console.log(one);
console.log(`seed ${values.seed}\n${printed(found)}`);
await stopParts();
process.exit(found.unfounded.length === 0 ? 0 : 1);

import { parseArgs } from 'node:util';
import { startHandingOut } from '../outbound/hand-out.ts';
import { factsReceiver } from '../store/facts.ts';
import type { Receiver } from '../store/outbox.ts';
import { createPool } from '../store/pool.ts';
import * as definitions from '../workflows/definitions.ts';
import { startContestant } from './contestants.ts';
import { measure, median } from './measure.ts';
import { startParts } from './parts.ts';
import { cpuOf, load } from './usage.ts';

/** What counting a straight-through case for the scorecard costs in CPU, of all that the case costs. */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    cases: { type: 'string', default: '100' },
    'at-once': { type: 'string', default: '8' },
  },
});
const [pairs, count, atOnce] = [values.pairs, values.cases, values['at-once']].map(Number) as [number, number, number];

const parts = await startParts('embedded', 0);
try {
  const contestant = await startContestant('refund', parts.around);
  const pool = createPool(parts.around.databaseUrl, { max: 4 });
  const pids = { ...parts.pids, worker: [contestant.pid] };
  const cpu = () => Object.values(cpuOf(pids)).reduce((sum, one) => sum + one, 0) + ownCpu();
  const ownCpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;
  const batch = () => measure(parts, contestant, { count, atOnce, approval: false });

  /** CPU per case in milliseconds, until everything was handed out. */
  const costWith = async (receivers: Receiver[]) => {
    const handingOut = startHandingOut(pool, receivers, (line) => console.log(line));
    const before = cpu();
    await batch();
    while (((await pool.query('select 1 from outbox limit 1')).rowCount ?? 0) > 0)
      await new Promise((resolve) => setTimeout(resolve, 200));
    const cost = (cpu() - before) / count;
    await handingOut.close();
    return cost;
  };
  const counting = factsReceiver({ definitions, report: (line) => console.log(line) });

  await costWith([counting]); // for V8 to compile what is hot
  const shares: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? [[], [counting]] : [[counting], []];
    const [first, second] = [await costWith(order[0]!), await costWith(order[1]!)];
    const [without, with_] = pair % 2 === 0 ? [first, second] : [second, first];
    shares.push((with_ - without) / without);
    const percent = (shares.at(-1)! * 100).toFixed(1);
    console.log(
      `pair ${pair + 1}: ${without.toFixed(1)} ms of CPU per case, ${with_.toFixed(1)} with the projection: ${percent} %`,
    );
  }
  const [low, middle, high] = [Math.min(...shares), median(shares), Math.max(...shares)].map(
    (one) => `${(one * 100).toFixed(1)} %`,
  );
  const verdict = median(shares) <= 0.1 ? 'held' : 'MISSED';
  console.log(
    `the projection: median ${middle}, from ${low} to ${high} (at most 10 %: ${verdict}), load average ${load()}`,
  );
  await contestant.send({ do: 'close' });
  await pool.end();
} finally {
  await parts.stop();
}

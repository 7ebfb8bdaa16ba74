import { z } from 'zod';
import { autonomyLevels } from '../../core/declare/autonomy.ts';
import { text } from '../../core/declare/values.ts';
import { levelOf } from '../../store/autonomy.ts';
import { listSwitches } from '../../store/switches.ts';
import { openCases, waitingIn } from '../../store/workload.ts';
import { systemsWrittenBy } from '../../systems/written-by.ts';
import type { Deps } from '../deps.ts';
import { route } from '../route.ts';
import { seenProcess, seenProcesses } from '../seen-process.ts';

const count = z.int().min(0);

const Workload = z.object({
  process: z.string(),
  open: count.describe('Cases'),
  stuck: count,
  compensating: count,
  waiting: z.array(
    z.object({
      kind: z
        .enum(['decision', 'rework', 'task', 'event', 'held'])
        .describe('`held`: a switch holds an inference or an action'),
      name: z.string().describe('As the process declares it; of a task its kind'),
      owner: z.string().nullable().describe('The queue; null where nobody is asked, or a person by name'),
      count,
      atRisk: count,
      late: count.describe('Past the time to answer'),
    }),
  ),
  stops: z.array(z.string()).describe('The switches that hold its writes now: `all/all`, `process/…`, `system/…`'),
  level: z.enum(autonomyLevels),
});

export const list = route({
  method: 'get',
  path: '/workload',
  summary: 'What is open in each process that you see, what it waits for, and what is stopped',
  who: ['auditor', 'admin', 'queue'],
  query: z.strictObject({ process: text(100).min(1).optional() }),
  answers: { 200: { description: 'A line for each process', schema: z.object({ processes: z.array(Workload) }) } },
  problems: ['not-found'],
  async answer({ caller, query: { process } }, deps) {
    const seen = process === undefined ? seenProcesses(deps, caller) : [seenProcess(deps, caller, process).name];
    return { status: 200, body: { processes: await workloadOf(deps, seen) } };
  },
});

async function workloadOf({ pool, definitions }: Deps, seen: string[]): Promise<z.output<typeof Workload>[]> {
  const [cases, waiting, switches, levels] = await Promise.all([
    ...([openCases(pool, seen), waitingIn(pool, seen), listSwitches(pool)] as const),
    Promise.all(seen.map(async (process) => levelOf(pool, process))),
  ]);
  const stopped = switches.filter((one) => one.stopped);
  return seen.map((process, n) => {
    const systems = systemsWrittenBy(definitions[process]!);
    const touches = { all: () => true, process: (name: string) => name === process, model: () => false };
    const stops = stopped.filter(({ scope, name }) => ({ ...touches, system: () => systems.has(name) })[scope](name));
    return {
      ...(cases.find((one) => one.process === process) ?? { process, open: 0, stuck: 0, compensating: 0 }),
      waiting: waiting.filter((one) => one.process === process).map(({ process: _, ...one }) => one),
      stops: stops.map(({ scope, name }) => `${scope}/${name}`),
      level: levels[n]!,
    };
  });
}

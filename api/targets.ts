import type { Pool } from 'pg';
import { findDefinition } from '../core/declare/find.ts';
import { nameOfFault } from '../environment/fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { findMeasure } from '../scorecard/measures/index.ts';
import type { Measure } from '../scorecard/measures/measure.ts';
import { missedBy } from '../scorecard/targets.ts';
import { alone } from '../store/alone.ts';
import { readScorecard } from '../store/scorecard/read.ts';
import { endAlarm, listTargets, raiseAlarm, type Target } from '../store/targets.ts';
import type { Deps } from './deps.ts';

type Parts = Pick<Deps, 'pool' | 'definitions' | 'report'>;

const day = 86_400_000;
/** Of a measure with many figures a task names the first. */
const mostFigures = 20;

/** Holds every measure that has a target to it, unless another does; answers whether it did. One target that cannot be read holds up no other. */
export const checkTargets = (parts: Parts): Promise<boolean> =>
  alone(parts.pool, 'targets', false, async (db) => {
    for (const target of await listTargets(db)) {
      await check(parts, target).catch((error: unknown) =>
        parts.report(`targets: ${target.process}, ${target.measure}: ${nameOfFault(error)}`),
      );
    }
    return true;
  });

async function check({ pool, definitions }: Parts, target: Target): Promise<void> {
  const measure = findMeasure(target.measure);
  const definition = findDefinition(definitions, target.process);
  if (target.value === null || !measure || !definition) return endAlarm(pool, target, 'There is no target any more');
  const period = periodOf(target);
  const missed = missedBy(target, measure, await figuresOf(pool, target, measure, period));
  if (missed.length === 0) return endAlarm(pool, target, 'The measure is back');
  const because = `${measure.name} of ${target.process} is to be ${target.bound.replace('-', ' ')} ${target.value} (${measure.unit}), and is not`;
  await raiseAlarm(pool, target, { owner: definition.owner, because, detail: detailOf(target, missed, period) });
}

interface Period {
  from: Date;
  to: Date;
}

function periodOf({ overDays }: Target): Period {
  const to = new Date();
  return { from: new Date(to.getTime() - overDays * day), to };
}

async function figuresOf(pool: Pool, { process }: Target, { name, level }: Measure, { from, to }: Period) {
  const baseline = { from: new Date(2 * from.getTime() - to.getTime()), to: from };
  const scope = { processes: [process], from, to, zone: 'UTC', led: [], baseline };
  const { measured } = await readScorecard(pool, { ...scope, levels: [level], only: [name] });
  return measured[0]?.figures ?? [];
}

const detailOf = (target: Target, missed: ReturnType<typeof missedBy>, period: Period) => {
  const { process, measure, bound, value, overDays, of } = target;
  const asked = { measure, process, from: period.from.toISOString(), to: period.to.toISOString() };
  return {
    target: { process, measure, bound, value, overDays, of, because: target.because },
    figures: missed.slice(0, mostFigures).map((figure) => ({ of: figure.of, value: figure.value })),
    cases: `/scorecard/cases?${new URLSearchParams(asked).toString()}`,
  };
};

/** Looks every 5 minutes; any number of processes may run one at once. Nothing it meets ends it. */
export const startTargets = (parts: Parts, everyMs = 300_000): Repeating =>
  repeating(everyMs, async () => {
    await checkTargets(parts).catch((error: unknown) => parts.report(`targets: ${nameOfFault(error)}`));
  });

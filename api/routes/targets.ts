import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { findMeasure } from '../../scorecard/measures/index.ts';
import { labelsOf, type Measure } from '../../scorecard/measures/measure.ts';
import { whyNoTarget } from '../../scorecard/targets.ts';
import { bounds, listTargets, setTarget } from '../../store/targets.ts';
import type { Pool } from 'pg';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { seesAllScorecards } from '../scorecard-query.ts';
import { isSet, showTarget, TargetShown } from '../shown-target.ts';
import { definitionOf, hasAny, queuesOfCaller } from '../visibility.ts';
import { declared, type Sentence } from '../sentences.ts';

const Targets = z.object({ targets: z.array(TargetShown) });

export const list = route({
  method: 'get',
  path: '/scorecard/targets',
  summary: 'What owners want the measures of their processes to be, and which are missed',
  who: ['process-owner', 'data-leader', 'tech-leader', 'auditor', 'admin'],
  answers: { 200: { description: 'By process and measure', schema: Targets } },
  problems: [],
  async answer({ caller }, { pool, definitions }) {
    const all = seesAllScorecards(caller) || hasAny(caller, ['admin']);
    const owned = Object.values(definitions).filter(({ owner }) => caller.roles.includes(owner));
    const seen = all ? undefined : owned.map(({ name }) => name);
    return { status: 200, body: await shown(pool, seen) };
  },
});

export const put = route({
  method: 'put',
  path: '/scorecard/targets/{process}/{measure}',
  summary: 'Say what a measure of a process is to be: when it is not, the owner gets a task until it is',
  who: ['process-owner', 'admin'],
  body: z.strictObject({
    bound: z.enum(bounds),
    value: z.number().nullable().describe('In the unit of the measure; null: no target any more'),
    overDays: z.int().min(1).max(366).default(30).describe('Over how many days up to now; of no matter to what is now'),
    of: z
      .record(text(100), text(500))
      .default({})
      .describe('Of a measure with several figures, which: their `of`, or part of it; all of them where it is empty'),
    because: text(2_000).min(1),
  }),
  answers: { 200: { description: 'The targets of the process', schema: Targets } },
  problems: ['not-found', 'request-invalid'],
  async answer({ caller, params, body }, { pool, definitions }) {
    const { name: process, owner } = definitionOf(definitions, params['process']!);
    const queues = await queuesOfCaller(pool, caller);
    if (!queues.some((queue) => queue === owner || queue === 'admin')) throw new Problem('not-found');
    const measure = findMeasure(params['measure']!);
    if (!measure) throw new Problem('not-found', 'There is no such measure');
    mustFit(measure, body);
    await setTarget(pool, { process, measure: measure.name, ...body }, caller.person);
    return { status: 200, body: await shown(pool, [process]) };
  },
});

const wrong = (field: string, message: Sentence) =>
  new Problem('request-invalid', '', { errors: [{ field, message }] });

function mustFit(measure: Measure, { value, of }: { value: number | null; of: Record<string, string> }): void {
  const refused = whyNoTarget(measure);
  if (refused !== undefined) throw wrong('measure', declared(refused));
  if (measure.unit === 'share' && value !== null && (value < 0 || value > 1))
    throw wrong('/value', 'must be between 0 and 1: a share');
  const unknown = Object.keys(of).find((label) => !labelsOf(measure).includes(label));
  if (unknown !== undefined) throw wrong('/of', `${unknown}: this measure has no such label`);
}

const shown = async (pool: Pool, processes: readonly string[] | undefined): Promise<z.output<typeof Targets>> => ({
  targets: (await listTargets(pool, processes)).filter(isSet).map(showTarget),
});

import { z } from 'zod';
import { modelsAsked, newestClosed, stepsFollowed, stepsPassed } from '../../store/scorecard/passage.ts';
import { route } from '../route.ts';
import { seenProcess } from '../seen-process.ts';

const kind = z.enum([
  'request',
  'read',
  'inference',
  'ruling',
  'handoff',
  'task',
  'event',
  'action',
  'compensation',
  'outcome',
]);
const Step = z.object({ kind, name: z.string().describe('As declared; none of the request') });
const cases = z.int().min(0);

type Kind = z.output<typeof kind>;

export const get = route({
  method: 'get',
  path: '/processes/{process}/passage',
  summary: 'By which steps the newest closed cases of a process went, and in which order',
  who: ['auditor', 'admin', 'queue'],
  answers: {
    200: {
      description: `Counted from the records of its newest closed cases: ${newestClosed.cases} at most, of the last ${newestClosed.days} days`,
      schema: z.object({
        cases,
        models: z.array(z.string()).describe('Which models answered in them'),
        steps: z.array(Step.extend({ cases })),
        next: z
          .array(z.object({ from: Step, to: Step, cases }))
          .describe('Which step came straight after which; sources are read together, and have no name here'),
      }),
    },
  },
  problems: ['not-found'],
  async answer({ caller, params }, { pool, definitions }) {
    const { name } = seenProcess({ definitions }, caller, params['process']!);
    const [passed, followed, models] = await Promise.all([
      stepsPassed(pool, name),
      stepsFollowed(pool, name),
      modelsAsked(pool, name),
    ]);
    const next = followed.map(({ fromKind, fromName, kind, name, cases }) => ({
      from: { kind: fromKind as Kind, name: fromName },
      to: { kind: kind as Kind, name },
      cases,
    }));
    const steps = passed.filter((one) => one.kind !== 'request').map((one) => ({ ...one, kind: one.kind as Kind }));
    const all = passed.find((one) => one.kind === 'request')?.cases ?? 0;
    return { status: 200, body: { cases: all, models: models.map(({ model }) => model), steps, next } };
  },
});

import { z } from 'zod';
import { timelineOf, type TimelineLine } from '../../store/timeline.ts';
import { route } from '../route.ts';
import { toldToRequester } from '../told-to-requester.ts';
import { answersFor, findVisibleCase, type SeenCase } from '../visibility.ts';

const actors = ['person', 'policy', 'model', 'systems', 'baton'] as const;
const Name = z.string().nullable();

const Entry = z.object({
  seq: z.int(),
  type: z.string().describe('As the record has it'),
  key: z.string().describe('Of the step, or what the line is about'),
  at: z.iso.datetime().describe("On the case's own clock"),
  by: z.enum(actors),
  step: Name.describe('The declared name of the step; null of what is about the whole case'),
  verdict: Name.describe('Null to whoever only asked for the case, as is `rule`'),
  rule: Name,
  owner: Name.describe('Whose turn it became'),
  operation: Name,
  task: Name.describe('The kind of a task'),
  outcome: Name,
  tookMs: z.number().nullable(),
});

export const timeline = route({
  method: 'get',
  path: '/cases/{caseId}/timeline',
  summary:
    'What happened in a case, oldest first, without what was read, asked, answered or written; to whoever only asked for it, without rules, models and what people did among themselves',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  scope: 'cases.read',
  answers: {
    200: {
      description: 'Each line of the record that the caller is told of',
      schema: z.object({ lines: z.array(Entry) }),
    },
  },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const seen = await findVisibleCase(deps, caller, params['caseId']!);
    const all = await timelineOf(deps.pool, seen.caseId);
    const lines = answersFor(deps.definitions, caller, seen) ? all : toldToRequester(all);
    return { status: 200, body: { lines: lines.map((line) => shown(seen, line)) } };
  },
});

const shown = (
  { caseId, clockOffsetMs }: SeenCase,
  { actor, to: _to, at, ...line }: TimelineLine,
): z.output<typeof Entry> => ({
  ...line,
  at: new Date(Date.parse(at) + clockOffsetMs).toISOString(),
  by: kindOf(actor),
  step: stepIn(caseId, line.key),
});

const kindOf = (actor: string): (typeof actors)[number] => {
  const [kind] = actor.split(':', 1);
  return actors.find((one) => one === kind && one !== 'person') ?? 'person';
};

/** `refund/R-1/payCustomer:payout-1-1` is a key of `payCustomer`. */
function stepIn(caseId: string, key: string): string | null {
  if (!key.startsWith(`${caseId}/`)) return null;
  const [step] = key.slice(caseId.length + 1).split('/', 1);
  return step!.replace(/:.*$|-\d+$/, '');
}

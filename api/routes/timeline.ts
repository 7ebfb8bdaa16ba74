import { z } from 'zod';
import { timelineOf, type TimelineLine } from '../../store/timeline.ts';
import { route } from '../route.ts';
import { findVisibleCase } from '../visibility.ts';

const actors = ['person', 'policy', 'model', 'systems', 'baton'] as const;
const Name = z.string().nullable();

const Entry = z.object({
  seq: z.int(),
  type: z.string().describe('As the record has it'),
  key: z.string().describe('Of the step, or what the line is about'),
  at: z.iso.datetime().describe("By the database's clock"),
  by: z.enum(actors),
  step: Name.describe('The declared name of the step; null of what is about the whole case'),
  verdict: Name,
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
  summary: 'What happened in a case, oldest first, without what was read, asked, answered or written',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  scope: 'cases.read',
  answers: { 200: { description: 'Each line of the record', schema: z.object({ lines: z.array(Entry) }) } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const { caseId } = await findVisibleCase(deps, caller, params['caseId']!);
    const lines = await timelineOf(deps.pool, caseId);
    return { status: 200, body: { lines: lines.map((line) => shown(caseId, line)) } };
  },
});

const shown = (caseId: string, { actor, ...line }: TimelineLine): z.output<typeof Entry> => ({
  ...line,
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

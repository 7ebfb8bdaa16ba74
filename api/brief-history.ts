import { z } from 'zod';
import type { BriefLine } from '../store/briefs.ts';
import type { StoredHandoff } from '../store/handoffs.ts';

const kinds = [
  ...(['opened', 'claimed', 'released', 'reassigned', 'commented', 'asked', 'answered', 'question-over'] as const),
  ...(['approval-given', 'decided', 'completed', 'reworked', 'withdrawn', 'escalated', 'rescheduled'] as const),
] as const;

export const Happened = z.object({
  what: z.enum(kinds),
  at: z.iso.datetime(),
  by: z.string(),
  for: z.string().nullable().describe('Whom they stood in for'),
  handoff: z.string().nullable().describe('Another handoff of the case, by its declared name; null: this one'),
  verdict: z.string().nullable().describe('Of a task what was found'),
  to: z.string().nullable().describe('Who has it now, or who was asked'),
  text: z.string().nullable().describe('A reason, remark, question or answer'),
});

export type Happened = z.output<typeof Happened>;

/** What of another handoff of the same case matters to whoever decides this one. */
const ofOthers = new Set(['handoff.decided', 'handoff.completed', 'handoff.reworked']);

/** What happened about a handoff, oldest first, and how others of its case were answered before. */
export function historyOf({ id, clockOffsetMs }: StoredHandoff, lines: readonly BriefLine[]): Happened[] {
  const isIts = ({ key, body }: BriefLine) => key === id || key.startsWith(`${id}/`) || body['handoff'] === id;
  const named = new Map(lines.filter(({ type }) => type === 'handoff.opened').map(({ key }) => [key, nameOf(key)]));
  return lines.flatMap((line): Happened[] => {
    const { type, key, at, actor: by, body } = line;
    const its = isIts(line) && type.startsWith('handoff.');
    if (!its && !ofOthers.has(type)) return [];
    const said = (name: string) => (typeof body[name] === 'string' && body[name] !== '' ? body[name] : null);
    return [
      {
        what: type.slice('handoff.'.length) as Happened['what'],
        at: new Date(Date.parse(at) + clockOffsetMs).toISOString(),
        ...{ by, for: said('for'), handoff: its ? null : (named.get(key) ?? nameOf(key)) },
        ...{
          verdict: said('verdict') ?? said('found'),
          to: said('to') ?? (type === 'handoff.opened' ? said('owner') : null),
        },
        text: said('because') ?? said('text') ?? said('question') ?? said('answer'),
      },
    ];
  });
}

/** `review` of `refund/R-1/review-1`; a task's kind of `refund/R-1/payCustomer-1/undo-failed`. */
const nameOf = (key: string): string => (key.split('/').at(-1) ?? key).replace(/-\d+$/, '');

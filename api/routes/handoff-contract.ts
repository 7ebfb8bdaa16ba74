import { z } from 'zod';
import { usualAsks } from '../../core/declare/asking.ts';
import type { Handoff } from '../../core/declare/definition.ts';
import { ownerInWords, queuesIn } from '../../core/declare/owner.ts';
import { Field, fieldsOf } from '../fields.ts';

const Names = z.array(z.string());

/** A handoff as it is declared, with what holds where it says nothing. */
export const ShownHandoff = z.object({
  on: z.string().nullable().describe('null: the case only changes hands'),
  owner: z.string().describe('A queue, or who names it: `by ruling: …`, `by record: …`, `by request: …`'),
  among: Names.describe('The queues that may be asked'),
  answerWithin: z.string(),
  escalateTo: z.string(),
  expiresAfter: z.string(),
  pausesWhile: Names,
  packet: z.array(Field).describe('What is shown'),
  mayAmend: Names,
  ruledAgainBy: Names.describe('The policies that rule on amended terms'),
  approvals: z.int(),
  limitedBy: z.string().nullable().describe('The amount that limits of authority are held against'),
  reasonFor: Names,
  notBy: Names,
  drafts: Names.describe('What a model drafted of it'),
  whenUnsure: z.enum(['show the draft', 'hide the draft']).nullable(),
  asks: z.object({ within: z.string(), to: Names.describe('None: the requester and queues of the process') }),
  rework: z
    .object({
      atMost: z.int(),
      then: z.enum(['rejected', 'escalated']),
      to: z.string().nullable(),
      within: z.string().nullable(),
    })
    .nullable(),
});

export const each = <T, R>(named: Readonly<Record<string, T>>, show: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [name, show(value)]));

export function handoffShown(handoff: Handoff): z.output<typeof ShownHandoff> {
  const { on = null, owner, answerWithin, escalateTo, expiresAfter, pausesWhile = [], requires, asks } = handoff;
  const { mayAmend = [], ruledAgainBy = [], approvals = 1, limitedBy, reasonFor = [], notBy = [] } = handoff;
  const { drafts = [], whenUnsure = null, rework } = handoff;
  const { within, to: asked = [] } = asks ?? usualAsks;
  return {
    ...{ on, owner: ownerInWords(owner), among: [...queuesIn(owner)], answerWithin, escalateTo, expiresAfter },
    ...{ pausesWhile: [...pausesWhile], packet: fieldsOf(requires), mayAmend: [...mayAmend] },
    ruledAgainBy: typeof ruledAgainBy === 'string' ? [ruledAgainBy] : [...ruledAgainBy],
    ...{ approvals, limitedBy: limitedBy?.amount ?? null, reasonFor: [...reasonFor], notBy: [...notBy] },
    ...{ drafts: [...drafts], whenUnsure, asks: { within, to: [...asked] } },
    rework: rework ? reworkShown(rework) : null,
  };
}

const reworkShown = (rework: NonNullable<Handoff['rework']>) => ({
  ...{ atMost: rework.atMost, then: rework.then },
  ...(rework.to === undefined ? { to: null, within: null } : { to: rework.to, within: rework.within }),
});

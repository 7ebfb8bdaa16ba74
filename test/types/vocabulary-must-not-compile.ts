/** What the types of owners, times, hand-overs and the rest must refuse: `npm run types` fails where one begins to compile. Never run. */
import type { LimitedBy } from '../../core/declare/authority.ts';
import { action, defineProcess, event, handoff, policy, source } from '../../core/declare/define.ts';
import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { z } from 'zod';
import type { purchase } from '../vocabulary/processes/definitions.ts';

defineWorkflow<typeof purchase>('purchase', async ({ id }, steps, { caseId, openedAt, now, today }) => {
  const { assemble, check, handOff, receive, act, compensate, conclude } = steps;
  const why = { why: 'it was asked for' };
  const credit = { orderId: 'o', amount: 1, currency: 'EUR' };
  const terms = { id, ...credit, lines: [] };
  const ruling = await check.desk({ amount: 1 }, terms);
  const opening = await check.opening(
    { paid: true },
    { process: 'parcel', request: { parcelId: 'p', story: '', ...credit } },
  );

  // @ts-expect-error an output that was not declared
  ruling.outputs.colour;
  // @ts-expect-error an owner that its rules never name
  ruling.outputs.owner === 'legal';
  // @ts-expect-error a rule may name nobody
  ruling.outputs.owner.length;

  // @ts-expect-error the ruling that names the owner is missing
  await handOff.byRuling(why, terms);
  // @ts-expect-error and a time is no ruling
  await handOff.byRuling(why, terms, { dueBy: today() });
  // @ts-expect-error a ruling whose policy names no owner
  await handOff.byRuling(why, terms, { to: opening });
  await handOff.byRuling(why, terms, { to: ruling, dueBy: now() });
  // @ts-expect-error the owner is declared: no ruling is asked
  await handOff.first(why, terms, { to: ruling });
  // @ts-expect-error a due time is text
  await handOff.first(why, terms, { dueBy: Date.now() });
  // @ts-expect-error the owner is on record: nobody is named by the story
  await handOff.byRecord(why, terms, { to: 'leo' });
  // @ts-expect-error one of them needs the ruling that names its owner
  await handOff.all({ first: why, byRuling: why }, 'purchase', terms);
  await handOff.all({ first: why, byRuling: why }, 'purchase', terms, { to: ruling });
  // @ts-expect-error a hand-over is about no terms
  await handOff.all({ first: why, takeOver: why }, 'purchase', terms);

  const taken = await handOff.takeOver(why);
  // @ts-expect-error a hand-over approves no terms
  await handOff.takeOver(why, terms);
  if (taken.verdict !== 'approved') return conclude.done({ text: taken.because });
  // @ts-expect-error nothing is done on a hand-over
  await act.credit(credit, taken);
  // @ts-expect-error whichever terms it is about
  await act.openParcel({ process: 'parcel', request: opening.terms.request }, taken);

  // @ts-expect-error a moment is text
  await receive.answer({ id }, { until: 5 });
  // @ts-expect-error and is given by its name
  await receive.answer({ id }, today());
  // @ts-expect-error a message cannot be taken back
  await compensate.tell('it was wrong');
  // @ts-expect-error an action that was not declared
  await compensate.payment('it was wrong');
  // @ts-expect-error a reason is given
  await compensate.credit();
  if (opening.verdict === 'allow') {
    // @ts-expect-error the case that was opened has no other name
    (await act.openParcel(opening.terms, approvedBy(opening))).id;
  }
  // @ts-expect-error the other case may not have ended in time
  (await receive.concluded({ caseId })).outcome;
  // @ts-expect-error what the other case ended with is not known here
  (await receive.concluded({ caseId }))?.result.note;
  // @ts-expect-error only what was read comes back
  (await assemble({ employee: { email: '' } })).manager;
  // @ts-expect-error a measure that was not declared
  conclude.done({ text: '' }, { reviewMinutes: 5 });
  // @ts-expect-error a measure of another type
  conclude.done({ text: '' }, { saved: '5' });
  return conclude.done({ text: openedAt }, { onTime: true });
});

const facts = { facts: z.strictObject({ a: z.boolean() }), verdicts: ['allow', 'deny'], table: {} } as const;
// @ts-expect-error outputs are fields
policy({ ...facts, on: 't', outputs: z.string() });

const turn = {
  answerWithin: '4 hours',
  escalateTo: 'managers',
  expiresAfter: '3 days',
  requires: z.object({ why: z.string() }),
} as const;
// @ts-expect-error whose turn is it?
handoff({ ...turn });
// @ts-expect-error nobody is named by a dice
handoff({ ...turn, owner: { by: 'dice' } });
// @ts-expect-error among whom?
handoff({ ...turn, owner: { by: 'ruling' } });
// @ts-expect-error what may be amended is said wherever something is decided on
handoff({ ...turn, on: 't', owner: 'leads' });
// @ts-expect-error a hand-over has nothing to amend
handoff({ ...turn, owner: 'leads', mayAmend: ['a'] });
// @ts-expect-error a misspelt limit would be none
handoff({ ...turn, on: 't', mayAmend: [], owner: 'leads', notby: ['approve'] });
// @ts-expect-error nobody drafted: there is nothing to be unsure of
handoff({ ...turn, owner: 'leads', whenUnsure: 'show the draft' });
// @ts-expect-error a list of no fields is no draft either
handoff({ ...turn, owner: 'leads', drafts: [], whenUnsure: 'hide the draft' });
// @ts-expect-error a model drafted: what is shown of it when it was unsure?
handoff({ ...turn, owner: 'leads', drafts: ['why'] });
// @ts-expect-error the same where something is decided on
handoff({ ...turn, on: 't', mayAmend: [], owner: 'leads', drafts: ['why'] });
handoff({ ...turn, on: 't', mayAmend: [], owner: 'leads', drafts: ['why'], whenUnsure: 'hide the draft' });
// @ts-expect-error an owner is a queue
event({ by: z.object({ id: z.string() }), gives: z.object({}), within: '1 days', owner: 5 });

const plain = {
  name: 'x',
  owner: 'o',
  request: z.object({ id: z.string() }),
  key: ['id'],
  terms: { t: z.object({ a: z.string() }) },
  outcomes: {},
  context: {
    employee: source({
      ...{ reads: 'hr.employee', owner: 'hr', maxAge: '1 days', by: z.object({ id: z.string() }) },
      gives: z.object({ manager: z.string() }).nullable(),
    }),
  },
  inferences: {},
  policies: { p: policy({ on: 't', verdicts: ['allow'], facts: z.object({}), table: {} }) },
  actions: { go: action({ on: 't', does: 'a.b', compensatedBy: 'a.c', input: z.object({}), output: z.object({}) }) },
  events: {},
} as const;
const decides = { ...turn, on: 't', mayAmend: ['a'], ruledAgainBy: 'p' } as const;
const named = <const S extends string, const F extends string>(source: S, field: F) =>
  ({ ...decides, owner: { by: 'record', source, field } }) as const;
const approve = handoff(named('employee', 'manager'));
defineProcess({ ...plain, handoffs: { approve, take: handoff({ ...turn, owner: 'leads', notBy: ['approve'] }) } });
// @ts-expect-error a field that the record does not hold
defineProcess({ ...plain, handoffs: { approve: handoff(named('employee', 'boss')) } });
// @ts-expect-error a source that was not declared
defineProcess({ ...plain, handoffs: { approve: handoff(named('person', 'manager')) } });
// @ts-expect-error terms that were not declared
defineProcess({ ...plain, handoffs: { approve: handoff({ ...decides, on: 'u', owner: 'leads' }) } });
// @ts-expect-error amended terms that no policy rules on again
handoff({ ...turn, on: 't', mayAmend: ['a'], owner: 'leads' });
// @ts-expect-error a policy that was not declared
defineProcess({ ...plain, handoffs: { approve: handoff({ ...decides, ruledAgainBy: 'q', owner: 'leads' }) } });
// @ts-expect-error a field that the terms do not hold
defineProcess({ ...plain, handoffs: { approve: handoff({ ...decides, mayAmend: ['b'], owner: 'leads' }) } });
// @ts-expect-error a handoff that was not declared
defineProcess({ ...plain, handoffs: { check: handoff({ ...decides, owner: 'leads', notBy: ['approve'] }) } });

const money = z.object({
  a: z.string(),
  cents: z.int(),
  unit: z.string(),
  lines: z.array(z.object({ cents: z.int(), unit: z.string() })),
});
const priced = { ...plain, terms: { t: money } } as const;
const limited = <const L extends LimitedBy>(limitedBy: L) => handoff({ ...decides, owner: 'leads', limitedBy });
defineProcess({ ...priced, handoffs: { approve: limited({ amount: 'cents', currency: 'unit' }) } });
defineProcess({ ...priced, handoffs: { approve: limited({ amount: 'cents', currency: { is: 'EUR' } }) } });
defineProcess({ ...priced, handoffs: { approve: limited({ each: ['lines'], amount: 'cents', currency: 'unit' }) } });
// @ts-expect-error an amount that the terms do not hold
defineProcess({ ...priced, handoffs: { approve: limited({ amount: 'euros', currency: 'unit' }) } });
// @ts-expect-error an amount that is no number
defineProcess({ ...priced, handoffs: { approve: limited({ amount: 'a', currency: 'unit' }) } });
// @ts-expect-error a currency that is no text
defineProcess({ ...priced, handoffs: { approve: limited({ amount: 'cents', currency: 'cents' }) } });
// @ts-expect-error a list that the terms do not hold
defineProcess({ ...priced, handoffs: { approve: limited({ each: ['rows'], amount: 'cents', currency: 'unit' }) } });
// @ts-expect-error lines without such an amount
defineProcess({ ...priced, handoffs: { approve: limited({ each: ['lines'], amount: 'a', currency: 'unit' }) } });
// @ts-expect-error where nobody decides on terms, there is no amount
handoff({ ...turn, owner: 'leads', limitedBy: { amount: 'cents', currency: 'unit' } });
// @ts-expect-error an answer that there is not
handoff({ ...decides, owner: 'leads', reasonFor: ['maybe'] });

const written = {
  on: 't',
  does: 's.write',
  compensatedBy: 's.undo',
  input: z.object({}),
  output: z.object({ id: z.string() }),
} as const;
action({ ...written, reference: 'id' });
// @ts-expect-error a field that the system does not answer
action({ ...written, reference: 'name' });

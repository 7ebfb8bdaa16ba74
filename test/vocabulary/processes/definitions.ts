import { z } from 'zod';
import { action, defineProcess, event, handoff, inference, policy, source } from '../../../core/declare/define.ts';
import { CaseId, Cents, Currency, longText, Reference } from '../../../core/declare/values.ts';
import desk from './desk.json' with { type: 'json' };
import opening from './opening.json' with { type: 'json' };

const Credit = z.strictObject({ orderId: Reference, amount: Cents, currency: Currency });
const creditNote = {
  does: 'ledger.postCreditNote',
  compensatedBy: 'ledger.reverseCreditNote',
  input: Credit,
  output: z.object({ creditNoteId: z.string() }),
} as const;
const tell = action({
  on: 'purchase',
  does: 'tickets.reply',
  irreversible: 'a message that was read cannot be unread',
  input: z.strictObject({ requestId: Reference, reply: z.string() }),
  output: z.object({ messageId: z.string() }),
  alsoTakes: ['requestId', 'reply'],
});

const turn = {
  answerWithin: '4 hours',
  escalateTo: 'support-managers',
  expiresAfter: '3 days',
  requires: z.object({ why: z.string() }),
} as const;
const decides = { ...turn, on: 'purchase', mayAmend: [] } as const;
const amends = { ...turn, on: 'purchase', mayAmend: ['amount'], ruledAgainBy: 'desk' } as const;

const Parcel = z.strictObject({ parcelId: Reference, story: z.string(), ...Credit.shape });

/** What the words for owners, times, different people and the rest are tried on: a story of its own for each. */
export const purchase = defineProcess({
  name: 'purchase',
  owner: 'customer-support',
  request: z.strictObject({
    id: Reference,
    story: z.string(),
    amount: Cents.default(2_000),
    /** Whatever else a story needs to be told. */
    told: z.string().default(''),
    person: z.string().optional(),
    text: longText(200_000).optional(),
  }),
  key: ['id'],
  requestedBy: ['requester'],
  startsOn: 'asked',
  about: ['person'],
  terms: {
    purchase: z.strictObject({
      ...Credit.shape,
      id: Reference,
      lines: z.array(z.strictObject({ id: Reference, ...Credit.shape })),
    }),
    parcel: z.strictObject({ process: z.string(), request: Parcel }),
  },
  outcomes: { done: z.strictObject({ text: z.string() }) },
  context: {
    employee: source({
      reads: 'crm.identify',
      owner: 'customer-data',
      maxAge: '24 hours',
      by: z.object({ email: z.string() }),
      gives: z.object({ customerId: Reference, paymentMethods: z.array(z.unknown()) }).nullable(),
    }),
  },
  inferences: {
    read: inference({
      instructions: 'Quote what matters.',
      given: z.object({ text: longText(200_000).optional(), remark: z.string() }),
      returns: z.strictObject({ details: z.array(z.strictObject({ quote: z.string() })) }),
      ...{ quotesFrom: ['text'], misquotes: 'dropped', withholds: ['person', 'told'] },
      fallback: { details: [] },
      confidenceThreshold: 0.8,
      retryFor: '5 minutes',
    }),
  },
  policies: {
    desk: policy({
      on: 'purchase',
      verdicts: ['allow', 'review', 'deny'],
      facts: z.strictObject({ amount: Cents }),
      outputs: z.strictObject({
        owner: z.enum(['support-leads', 'order-management', 'customer-data']).optional(),
        minutes: z.int().optional(),
        code: z.enum(['AP', 'RE']).optional(),
      }),
      table: desk,
    }),
    opening: policy({
      on: 'parcel',
      verdicts: ['allow', 'deny'],
      facts: z.strictObject({ paid: z.boolean() }),
      table: opening,
    }),
  },
  handoffs: {
    byRuling: handoff({ ...decides, owner: { by: 'ruling', among: ['support-leads', 'order-management'] } }),
    byRecord: handoff({ ...decides, owner: { by: 'record', source: 'employee', field: 'customerId' } }),
    takeOver: handoff({ ...turn, owner: 'support-leads' }),
    first: handoff({ ...decides, owner: 'support-leads' }),
    second: handoff({ ...decides, owner: 'support-leads', notBy: ['first'] }),
    left: handoff({ ...amends, owner: 'support-leads', askedAgainAtMost: 1 }),
    right: handoff({ ...amends, owner: 'order-management' }),
    toWhoAsked: handoff({
      ...amends,
      owner: 'support-leads',
      asks: { within: '2 hours', to: ['requester', 'customer-data'] },
      rework: {
        atMost: 2,
        to: 'requester',
        within: '2 hours',
        then: 'rejected',
        mayChange: { packet: ['why'], terms: ['amount'] },
      },
    }),
    toRecords: handoff({
      ...decides,
      owner: 'support-leads',
      pausesWhile: ['asked'],
      rework: { atMost: 1, to: 'customer-data', within: '2 hours', then: 'escalated' },
    }),
    onlySoOften: handoff({ ...decides, owner: 'support-leads', rework: { atMost: 1, then: 'rejected' } }),
    board: handoff({ ...amends, owner: 'support-leads', approvals: 2 }),
  },
  actions: {
    credit: action({ on: 'purchase', ...creditNote }),
    creditLine: action({ on: 'purchase', each: 'lines', ...creditNote }),
    tell,
    openParcel: action({
      on: 'parcel',
      does: 'cases.open',
      compensatedBy: 'cases.reverse',
      input: z.strictObject({ process: z.string(), request: Parcel }),
      output: z.object({ caseId: CaseId }),
    }),
  },
  events: {
    answer: event({
      by: z.object({ id: Reference }),
      gives: z.object({ what: z.string(), more: longText(200_000).optional() }),
      within: '1 hours',
      owner: 'customer-data',
    }),
    recalled: event({
      remindersAtMost: 2,
      by: z.object({ told: z.string() }),
      gives: z.object({ what: z.string() }),
      within: '1 hours',
      reaches: 'every case',
    }),
    concluded: event({
      by: z.object({ caseId: CaseId }),
      gives: z.object({ outcome: z.string(), result: z.unknown() }),
      within: '30 days',
    }),
  },
  rounds: { hold: { atMost: 10 }, write: { atMost: 3 } },
  impact: z.strictObject({ saved: Cents.optional(), onTime: z.boolean().optional() }),
});

/** A case that another one opens. */
export const parcel = defineProcess({
  name: 'parcel',
  owner: 'order-management',
  request: Parcel,
  key: ['parcelId'],
  terms: { parcel: Parcel },
  outcomes: { delivered: z.strictObject({ note: z.string() }), lost: z.strictObject({}) },
  context: {},
  inferences: {},
  policies: {
    sending: policy({
      on: 'parcel',
      verdicts: ['allow', 'deny'],
      facts: z.strictObject({ paid: z.boolean() }),
      table: { ...opening, name: 'sending' },
    }),
  },
  handoffs: { release: handoff({ ...turn, owner: 'order-management' }) },
  actions: { credit: action({ on: 'parcel', ...creditNote }) },
  events: {},
});

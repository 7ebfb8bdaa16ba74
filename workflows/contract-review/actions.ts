import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, Reference, text, ValueName } from '../../core/declare/values.ts';
import { Clause, Deviation, Name } from './request.ts';

export const Desk = z.enum(['legal', 'privacy', 'security', 'finance', 'procurement']);
/** From the least to the most careful. */
export const severities = ['none', 'approve', 'fallback', 'escalate', 'stop'] as const;
export const Round = z.int().min(1);

/** Where a draft departs from what we accept. */
export const Finding = z.strictObject({
  id: Name,
  deviation: Deviation,
  kind: z.enum(['present', 'missing']),
  severity: z.enum(severities),
  owner: Desk,
  clause: Clause,
  /** Word for word as in the draft. */
  quote: text(1_000).nullable(),
  /** In characters from the start of the draft. */
  at: z.int().nullable(),
  /** What the standard form has in its place. */
  stood: text(1_000).nullable(),
});
/** What we ask for in the place of a finding. */
const Redline = z.strictObject({
  id: Name,
  deviation: Deviation,
  clause: Clause,
  wordingId: Reference,
  wording: text(5_000),
});
/** A clause in other words than the form's. Whoever accepts it may `add` them to the library: the next draft may have them. */
const Reworded = z.strictObject({ id: Name, formId: Name, clause: Clause, text: text(5_000), add: z.boolean() });

/** A draft by its SHA-256: whoever may see the case reads it under that name. */
const Draft = Reference;
export const ContractOnly = z.strictObject({
  contractId: Reference,
  counterparty: Reference,
  round: Round,
  draft: Draft,
});
export const Review = ContractOnly.extend({ form: Name, decision: ValueName, findings: z.array(Finding).max(60) });
/** What we stand for in this round: what is to be changed, and what is taken as it is. */
export const Position = ContractOnly.extend({
  annualValue: Cents,
  currency: Currency,
  redlines: z.array(Redline).max(60),
  /** Deviations that we live with. */
  accepts: z.array(Deviation).max(60),
  /** By the ids of findings. */
  wordings: z.array(Reworded).max(60),
});

export const actions = {
  storeReview: action({
    on: 'review',
    does: 'contracts.storeReview',
    compensatedBy: 'contracts.restoreReview',
    input: Review,
    output: z.object({ version: z.int(), earlier: z.record(z.string(), z.unknown()).nullable() }),
  }),
  sendRedlines: action({
    on: 'position',
    does: 'negotiations.sendRedlines',
    compensatedBy: 'negotiations.withdrawRedlines',
    input: Position.omit({ annualValue: true, currency: true, accepts: true, wordings: true }),
    output: z.object({ redlinesId: z.string() }),
    reference: 'redlinesId',
  }),
  /** Only what whoever accepted a clause in other words set to be added. */
  addWording: action({
    on: 'position',
    each: 'wordings',
    does: 'clauseLibrary.add',
    compensatedBy: 'clauseLibrary.remove',
    input: Reworded.omit({ id: true }).extend({ add: z.literal(true) }),
    output: z.object({ wordingId: Reference }),
    reference: 'wordingId',
  }),
  clearForSignature: action({
    on: 'position',
    does: 'signatures.clear',
    compensatedBy: 'signatures.revoke',
    input: Position.omit({ accepts: true, wordings: true }),
    output: z.object({ clearanceId: z.string() }),
    reference: 'clearanceId',
  }),
};

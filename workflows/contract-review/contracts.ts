import { z } from 'zod';
import { Cents, Currency, longText, Reference, text } from '../../core/declare/values.ts';
import playbook from './tables/playbook.json' with { type: 'json' };

export const Name = text(100);
export const Clause = text(40);
export const Round = z.int().min(1);
/** A draft by its SHA-256: whoever may see the case reads it under that name. */
const Draft = Reference;
/** Up to 2,000,000 characters, some 700 pages; a model reads it in parts of 40,000. */
export const Text = longText();
export const Line = text(500);

export const CoverItem = z.enum([
  ...['governing-law', 'general-cap', 'subscription-period', 'non-renewal-notice', 'fees'],
  ...['provider', 'customer', 'effective-date', 'chosen-courts', 'purpose', 'mnda-term'],
] as const);
export const Desk = z.enum(['legal', 'privacy', 'security', 'finance', 'procurement']);
export const severities = ['none', 'approve', 'fallback', 'escalate', 'stop'] as const;
const Severity = z.enum(severities);
export const Reading = z.enum(['sure', 'unsure']);

/** What the playbook wants a reader to look for, and why each of it matters. */
export const sought = playbook.rows.filter(({ outputs }) => outputs.foundBy === 'reading');
export const Deviation = z.enum(sought.map(({ rule }) => rule) as [string, ...string[]]);

export const Request = z.strictObject({
  contractId: Reference.min(1),
  counterparty: Reference.min(1),
  /** What it costs us a year. */
  annualValue: Cents,
  currency: Currency,
  kind: z.enum(['new', 'renewal']),
  paper: z.enum(['ours', 'counterparty']),
  /** The whole draft, cover page first. */
  text: Text,
  /** The cover page, where another system has it as fields. The draft must say the same. */
  cover: z.partialRecord(CoverItem, Line).default({}),
});

export const Finding = z.strictObject({
  id: Name,
  deviation: Name,
  kind: z.enum(['present', 'missing']),
  severity: Severity,
  owner: Desk,
  clause: Clause,
  /** Word for word as in the draft. */
  quote: text(1_000).nullable(),
  /** In characters from the start of the draft. */
  at: z.int().nullable(),
  /** What the standard form has in its place. */
  stood: text(1_000).nullable(),
});
const Redline = z.strictObject({
  id: Name,
  deviation: Name,
  clause: Clause,
  wordingId: Reference,
  wording: text(5_000),
});
export const Wording = z.object({ wordingId: Reference, deviation: Name, clause: Clause, text: text(5_000) });
/** A clause in other words than the form's. Whoever accepts it may `add` them to the library: the next draft may have them. */
export const Reworded = z.strictObject({ id: Name, formId: Name, clause: Clause, text: text(5_000), add: z.boolean() });
/** A line of the cover page, or a clause, that is not as in the standard form or the library. */
export const Difference = z.object({
  kind: z.enum(['changed', 'added', 'removed', 'moved']),
  clause: Clause,
  quote: text(1_000).nullable(),
  at: z.int().nullable(),
  to: z.int().nullable(),
  stood: text(1_000).nullable(),
  wording: text(5_000).nullable(),
});

const ofContract = { contractId: Reference, counterparty: Reference, round: Round, draft: Draft };
/** What we stand for in this round: what is to be changed, and what is taken as it is. */
export const Position = z.strictObject({
  ...ofContract,
  annualValue: Cents,
  currency: Currency,
  redlines: z.array(Redline).max(60),
  /** Deviations that we live with. */
  accepts: z.array(Name).max(60),
  /** By the ids of findings. */
  wordings: z.array(Reworded).max(60),
});
export const Review = z.strictObject({ ...ofContract, form: Name, decision: Name, findings: z.array(Finding).max(60) });
export const ContractOnly = z.strictObject(ofContract);

export const Packet = z.object({
  request: Request.omit({ text: true, cover: true }),
  draft: Draft,
  form: Name,
  decision: Name,
  rule: Name,
  reading: Reading,
  findings: z.array(Finding),
  round: Round,
});

import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';

const Day = z.iso.date();
export const Kind = text(200);
export const Narrative = text(20_000);

/** First notice of loss. */
export const Notice = z.strictObject({
  claimId: Reference.min(1),
  policyNumber: Reference,
  cause: text(200),
  dateOfLoss: Day,
  reportedOn: Day,
  lossState: text(100),
  amount: Cents,
  currency: Currency,
  payee: text(500),
  payeeAccountChangedOn: Day.nullable(),
  bodilyInjury: z.boolean(),
  /** The kinds of documents that came with the notice. */
  documents: z.array(Kind).max(100),
  channel: text(50),
  narrative: Narrative,
});

export const InsurancePolicy = z.object({
  policyNumber: Reference,
  lineOfBusiness: text(200),
  insured: text(500),
  state: text(100),
  newBusiness: z.boolean(),
  effectiveDate: Day,
  expirationDate: Day,
  cancelledOn: Day.nullable(),
  limit: Cents,
  deductible: Cents,
  exclusions: z.array(text(200)),
});
export const PriorClaim = z.object({
  ...{ claimId: Reference, cause: text(200), dateOfLoss: Day, amount: Cents, status: text(100), paid: Cents },
});
export const ClaimDocument = z.object({ documentId: Reference, kind: Kind, text: text(100_000) });
export const Screening = z.object({
  hits: z.array(z.object({ entryId: Reference, name: text(500), list: text(200) })),
});

const Detail = z.strictObject({
  what: z.enum(['date-of-loss', 'amount', 'cause', 'place', 'injury', 'other']),
  value: text(500),
  quote: text(2_000).min(1),
});
export const Reading = z.strictObject({
  details: z.array(Detail).max(50),
  recommendation: z.enum(['pay', 'deny', 'investigate', 'ask']),
  summary: text(2_000),
});

export const Flag = z.enum(['FF-1', 'FF-2', 'FF-3', 'FF-4', 'FF-5', 'FF-6', 'FF-7']);
export const Concern = z.enum(['cover', 'duplicate', 'fraud', 'sanctions', 'documents', 'amount']);

/** What whoever decides is shown, at every desk. */
export const Packet = z.object({
  notice: Notice,
  policy: InsurancePolicy.nullable(),
  priorClaims: z.array(PriorClaim),
  hits: Screening.shape.hits,
  rule: z.string(),
  flags: z.array(Flag),
  missing: z.array(Kind),
  acknowledgeBy: z.string(),
  acknowledgedOnTime: z.boolean(),
  summary: z.string(),
  details: z.array(Detail),
  recommendation: z.string(),
  /** How often it was sent back, and why the last time. */
  rework: z.int(),
  because: z.string(),
  /** To whom it goes when it is sent back; the claimant is then asked in the words that it is sent back with. */
  returnsTo: z.enum(['claimant', 'operations', 'risk']),
});

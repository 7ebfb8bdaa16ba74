import { z } from 'zod';
import { Cents, Currency, Day, Reference, text } from '../../core/declare/values.ts';

/** A kind of document, as the guidelines name it. */
export const Kind = text(200);
export const Narrative = text(20_000);
export const Payee = text(500);

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
  payee: Payee,
  payeeAccountChangedOn: Day.nullable(),
  bodilyInjury: z.boolean(),
  /** The kinds of documents that came with the notice. */
  documents: z.array(Kind).max(100),
  channel: text(50),
  narrative: Narrative,
});

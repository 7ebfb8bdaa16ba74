import { z } from 'zod';
import { Cents, Currency, longText, namesValue, Reference, text } from '../../core/declare/values.ts';

export const Name = text(100);
/** As the playbook names it. */
export const Deviation = Name.meta(namesValue);
/** As `8.1(a)`. */
export const Clause = text(40);
export const Line = text(500);
/** Up to 2,000,000 characters, some 700 pages; a model reads it in parts of 40,000. */
export const Text = longText();

export const CoverItem = z.enum([
  ...['governing-law', 'general-cap', 'subscription-period', 'non-renewal-notice', 'fees'],
  ...['provider', 'customer', 'effective-date', 'chosen-courts', 'purpose', 'mnda-term'],
] as const);

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

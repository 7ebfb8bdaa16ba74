import { z } from 'zod';
import { Cents, codeOf, Currency, Reference, text } from '../../core/declare/values.ts';

export const Field = text(500).nullable();
/** ISO 3166, two letters; empty where nobody knows. */
export const CountryCode = z.string().meta(codeOf('country'));
export const Message = text(20_000).nullable();
export const Company = text(5_000).nullable();

/** A lead as it was received: from a form, a line of a partner's file, or an event. */
export const Request = z.strictObject({
  leadId: Reference.min(1),
  channel: Field.default(null),
  form: Field.default(null),
  firstName: Field.default(null),
  lastName: Field.default(null),
  email: Field.default(null),
  phone: Field.default(null),
  company: Company.default(null),
  country: text(500).meta(codeOf('country')).nullable().default(null),
  /** The country of the connection, ISO 3166. */
  ipCountry: text(500).meta(codeOf('country')).nullable().default(null),
  employees: Field.default(null),
  budget: Cents.nullable().default(null),
  /** Of the budget; none where nobody said. */
  currency: Currency.nullable().default(null),
  message: Message.default(null),
  /** To be written to. */
  consent: z.boolean().default(false),
  /** A field of the form that people do not see. */
  honeypot: text(5_000).nullable().default(null),
});

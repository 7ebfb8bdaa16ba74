import { z } from 'zod';
import { codeOf, Currency, Day, majorUnits, minorUnits, Reference, text } from '../../core/declare/values.ts';

/** In the smallest unit; below zero where something is taken off. */
export const Amount = z.int().min(-1_000_000_000_00).max(1_000_000_000_00).meta(minorUnits);
/** As text: a quantity or a price must not depend on binary fractions. */
export const Decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,20})?$/, 'must be a decimal number as text, with a point');

/** In the currency itself, for each unit. */
export const Price = Decimal.meta(majorUnits);
/** UN/ECE Recommendation 20. */
export const Unit = text(20).meta(codeOf('unit'));

const InvoiceLine = z.strictObject({
  lineNo: Reference,
  /** The line of the order that is billed. */
  poLineNo: Reference.nullable(),
  /** The order of that line, where a line names its own. */
  poNumber: Reference.nullable().default(null),
  description: text(2_000),
  unit: Unit,
  quantity: Decimal,
  unitPrice: Price,
  /** How many units the price is for. */
  priceBase: Decimal.refine((base) => Number(base) > 0, 'must be above zero').default('1'),
  /** Of these units, where it is not the line's own. */
  priceUnit: Unit.nullable().default(null),
  taxPercent: Decimal,
  /** Charges less allowances on this line, within its amount. */
  adjustment: Amount.default(0),
  amount: Amount,
});

/** An allowance, below zero, or a charge on the whole invoice. */
const Adjustment = z.strictObject({
  amount: Amount,
  /** None: nobody knows. */
  taxPercent: Decimal.nullable(),
  reason: text(2_000).nullable().default(null),
});

const addsUp = (invoice: { adjustment: number; adjustments: { amount: number }[] }) =>
  invoice.adjustments.length === 0 ||
  invoice.adjustments.reduce((sum, { amount }) => sum + amount, 0) === invoice.adjustment;

export const Invoice = z
  .strictObject({
    invoiceNumber: Reference.min(1),
    issueDate: Day,
    dueDate: Day.nullable(),
    /** UNTDID 1001: 380 is a commercial invoice. */
    typeCode: text(10).meta(codeOf('invoice-type')).default('380'),
    currency: Currency,
    /** Where the sender wants to be paid. None: where we paid before. */
    iban: Reference.nullable(),
    poNumber: Reference.nullable(),
    /** The sender's own words. */
    remark: text(20_000).nullable(),
    /** For paying early. */
    discount: z.strictObject({ percent: Decimal, until: Day }).nullable().default(null),
    lines: z.array(InvoiceLine).max(1_000),
    /** Charges less allowances on the whole invoice, within `net`. */
    adjustment: Amount.default(0),
    /** Each of these; none where their tax is not known. */
    adjustments: z.array(Adjustment).max(1_000).default([]),
    net: Amount,
    tax: Amount,
    gross: Amount,
    prepaid: Amount.default(0),
    /** Added to the total so that a round amount is paid. */
    rounding: Amount.default(0),
    /** What is still to be paid, where the sender says so. */
    amountDue: Amount.nullable().default(null),
  })
  .refine(addsUp, { path: ['adjustments'], message: 'must come to `adjustment`' });

/** Every step is handed some of it, so it must fit well into one. */
const mostBytes = 200_000;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

export const Request = z
  .strictObject({
    /** Under which the invoice reached us, whatever its own number is: a second copy is a case of its own. */
    messageId: Reference.min(1),
    channel: z.enum(['e-invoice', 'e-mail', 'portal']),
    supplier: z.strictObject({ vatId: Reference, name: text(500).nullable().default(null) }),
    invoice: Invoice,
  })
  .refine((request) => bytesOf(request) <= mostBytes, `must be at most ${mostBytes} bytes in all`);

import type { Turned } from '../../core/run/steps.ts';
import { percentOf } from '../../rules/decimal.ts';
import { isCreditNote } from './credit-note.ts';
import type { Invoice } from './types.ts';

const isOpen = ({ discount }: Invoice, today: string): boolean => discount !== null && discount.until >= today;

/** The approver's time ends with the discount for paying early; nothing changes once that is over. */
export const dueWithDiscount = (invoice: Invoice, today: string): Turned =>
  invoice.discount && isOpen(invoice, today) ? { dueBy: invoice.discount.until } : {};

/** What the invoice was worth besides, when it is posted today. */
export const worthOf = (invoice: Invoice, today: string): { discountKept: number } | undefined =>
  invoice.discount && isOpen(invoice, today) && !isCreditNote(invoice)
    ? { discountKept: percentOf(invoice.gross, invoice.discount.percent) }
    : undefined;

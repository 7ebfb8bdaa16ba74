import { negated } from '../../rules/decimal.ts';
import { isCreditNoteCode } from '../../rules/document-type.ts';
import type { Invoice } from './types.ts';

export const isCreditNote = ({ typeCode }: Pick<Invoice, 'typeCode'>): boolean => isCreditNoteCode(typeCode);

/** What cases do not have that were opened before there was such a field. */
const absent = { adjustments: [], prepaid: 0, rounding: 0 };

/** As the ledger counts it: what a credit note takes away is below zero, whichever sign its sender wrote. */
export function signed(sent: Invoice): Invoice {
  const invoice: Invoice = { ...absent, ...sent };
  if (!isCreditNote(invoice) || invoice.gross < 0) return invoice;
  const { adjustment, net, tax, gross, prepaid, rounding, amountDue } = invoice;
  return {
    ...invoice,
    lines: invoice.lines.map((line) => ({
      ...line,
      quantity: negated(line.quantity),
      adjustment: minus(line.adjustment),
      amount: minus(line.amount),
    })),
    adjustment: minus(adjustment),
    adjustments: invoice.adjustments.map((one) => ({ ...one, amount: minus(one.amount) })),
    ...{ net: minus(net), tax: minus(tax), gross: minus(gross) },
    ...{ prepaid: minus(prepaid), rounding: minus(rounding) },
    amountDue: amountDue === null ? null : minus(amountDue),
  };
}

const minus = (amount: number): number => (amount === 0 ? 0 : -amount);

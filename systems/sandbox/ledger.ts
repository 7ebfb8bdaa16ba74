import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const CreditNoteInput = z.object({ orderId: Reference, amount: Cents, currency: Currency });
const CreditNote = kind('ledger.creditNotes', 'creditNoteId', CreditNoteInput.extend({ creditNoteId: Reference }));

export const ledger: SystemOfRecord = {
  name: 'ledger',
  kinds: [CreditNote],
  reads: {},
  writes: {
    postCreditNote: operation(CreditNoteInput, async (input, records) => {
      const creditNoteId = newId('CN');
      records.put(CreditNote, { ...input, creditNoteId });
      return { creditNoteId };
    }),
    reverseCreditNote: operation(
      z.object({ result: z.object({ creditNoteId: Reference }) }),
      async ({ result }, records) => {
        records.remove(CreditNote, await existing(records, CreditNote, result.creditNoteId, 'credit note'));
        return { creditNoteId: result.creditNoteId };
      },
    ),
  },
};

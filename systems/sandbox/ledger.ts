import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const NoteInput = z.object({ orderId: Reference, amount: Cents, currency: Currency });
const CreditNote = kind('ledger.creditNotes', 'creditNoteId', NoteInput.extend({ creditNoteId: Reference }));
const DebitNote = kind('ledger.debitNotes', 'debitNoteId', NoteInput.extend({ debitNoteId: Reference }));

export const ledger: SystemOfRecord = {
  name: 'ledger',
  kinds: [CreditNote, DebitNote],
  reads: {},
  writes: {
    postCreditNote: operation(NoteInput, async (input, records) => {
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
    postDebitNote: operation(NoteInput, async (input, records) => {
      const debitNoteId = newId('DN');
      records.put(DebitNote, { ...input, debitNoteId });
      return { debitNoteId };
    }),
    reverseDebitNote: operation(
      z.object({ result: z.object({ debitNoteId: Reference }) }),
      async ({ result }, records) => {
        records.remove(DebitNote, await existing(records, DebitNote, result.debitNoteId, 'debit note'));
        return { debitNoteId: result.debitNoteId };
      },
    ),
  },
};

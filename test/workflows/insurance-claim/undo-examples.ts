import type { UndoExamples } from '../undo-example.ts';

const claimId = 'FN-1';

export const undoExamples: UndoExamples = {
  // Over an earlier reserve, which must come back.
  setReserve: {
    records: { claims: { reserves: [{ claimId, reserve: 10_000, currency: 'USD' }] } },
    input: { claimId, reserve: 450_037, currency: 'USD' },
  },
  pay: { records: {}, input: { claimId, payee: 'Ida Holm', amount: 350_037, currency: 'USD' } },
};

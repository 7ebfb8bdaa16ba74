import type { UndoExamples } from '../undo-example.ts';
import { contractId, counterparty, records } from './good-world.ts';

const of = { contractId, counterparty, round: 1, draft: `sha256:${'0'.repeat(64)}` };
const redlines = [
  { id: 'finding-1', deviation: 'publicity', clause: '12.8', wordingId: 'W-LOGO', wording: 'With consent in writing.' },
];
const reviewed = { ...of, form: 'csa', decision: 'allow', findings: [] };
const earlier = { contractId, counterparty, version: 1, review: { ...reviewed, decision: 'fallback' } };

export const undoExamples: UndoExamples = {
  storeReview: { records: records({ contracts: { contracts: [earlier] } }), input: reviewed },
  addWording: {
    records: records(),
    input: { formId: 'csa', clause: '12.10', text: 'Each party acts for itself.', add: true },
  },
  sendRedlines: { records: records(), input: { ...of, redlines } },
  clearForSignature: { records: records(), input: { ...of, annualValue: 1_200_000, currency: 'USD', redlines } },
};

import library from '../../../systems/sandbox/seeds/clauseLibrary.json' with { type: 'json' };
import { departures, type Draft, draftOf, standardForms } from '../../../workflows/contract-review/sample-drafts.ts';

export { departures, draftOf, library, standardForms };

export const contractId = 'CT-1';
export const counterparty = 'Lind Hosting';

/** A good world for a review: our two standard forms, and our words for what may be wrong with a draft. */
export const records = (changes: object = {}) => ({ clauseLibrary: library, ...changes });

/** A small contract on standard terms. */
export const request = (draft: Partial<Draft> = {}, more: object = {}) => ({
  ...{ contractId, counterparty, annualValue: 1_200_000, currency: 'USD', kind: 'new', paper: 'counterparty' },
  text: draftOf({ counterparty, ...draft }),
  ...more,
});

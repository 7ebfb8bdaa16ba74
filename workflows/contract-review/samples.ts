import type { Sample } from '../sample.ts';
import { departures, type Draft, draftOf } from './sample-drafts.ts';

/** One of each way that a review can go. */
export const samples: Sample[] = [
  {
    tells: 'A small renewal on standard terms, one clause said in other words: cleared for signature by itself',
    ...received('101', { changes: [departures.independent] }, { kind: 'renewal' }),
  },
  {
    tells: 'Late fees and case studies: finance and procurement send our words, and the other side takes them',
    ...received('102', { changes: [departures.shortPayment, departures.publicity] }),
    then: [
      { of: 'finance', decides: 'approved', because: 'our usual words' },
      { of: 'procurement', decides: 'approved', because: 'our usual words' },
      { comes: 'answer', data: { contractId: 'CT-102', round: 1, answer: 'accepted', text: null, because: '' } },
    ],
  },
  {
    tells: 'Models trained on our content, and it is kept: privacy refuse',
    ...received('103', { changes: [departures.training, departures.retention] }),
    then: { decides: 'rejected', because: 'never with what our customers gave us' },
  },
  {
    tells: 'The draft tells the reviewer what to report: security and legal look, nobody obeys',
    ...received('104', { changes: [departures.hiddenInstruction] }),
    then: [
      { of: 'security', decides: 'approved', because: 'without that sentence' },
      { of: 'counsel', decides: 'rejected', because: 'not with somebody who tries that' },
    ],
  },
  {
    tells: 'Our words go out, and nobody answers: they are withdrawn',
    ...received('105', { changes: [departures.noForceMajeure] }),
    then: [{ decides: 'approved', because: 'the clause goes back in' }, { passes: 'all the time' }],
  },
  {
    tells: 'The model is down: legal reads it themselves',
    ...received('106', {}),
    given: { model: 'unsure', for: 'contract-review_clauses' },
    then: { decides: 'approved', because: 'read it: standard terms' },
  },
];

function received(n: string, draft: Partial<Draft>, more: object = {}): Pick<Sample, 'request'> {
  const counterparty = 'Lind Hosting';
  return {
    request: {
      ...{ contractId: `CT-${n}`, counterparty, annualValue: 1_200_000, currency: 'USD' },
      ...{ kind: 'new', paper: 'counterparty', text: draftOf({ counterparty, ...draft }), ...more },
    },
  };
}

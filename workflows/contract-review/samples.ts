import type { Sample } from '../sample.ts';
import { departures, type Draft, draftOf } from './sample-drafts.ts';

/** One of each way that a review can go. */
export const samples: Sample[] = [
  {
    title: 'A small renewal on standard terms, word for word: cleared for signature by itself',
    ...received('101', {}, { kind: 'renewal' }),
  },
  {
    title: 'One clause says the same in other words: legal read it, and take its words into the library',
    ...received('107', { changes: [departures.independent] }),
    then: {
      decides: 'approved',
      because: 'it means the same',
      amend: {
        wordings: [
          {
            ...{ id: 'finding-1', formId: 'csa', clause: '12.10' },
            ...{ text: `Independent Contractors. ${departures.independent[1]}`, add: true },
          },
        ],
      },
    },
  },
  {
    title: 'The next draft with those words: cleared for signature by itself',
    ...received('108', { changes: [departures.independent] }),
  },
  {
    title: 'Late fees and case studies: finance and procurement send our words, and the other side takes them',
    ...received('102', { changes: [departures.shortPayment, departures.publicity] }),
    then: [
      { of: 'finance', decides: 'approved', because: 'our usual words' },
      { of: 'procurement', decides: 'approved', because: 'our usual words' },
      { comes: 'answer', data: { contractId: 'CT-102', round: 1, answer: 'accepted', text: null, because: '' } },
    ],
  },
  {
    title: 'Models trained on our content, and it is kept: privacy refuse',
    ...received('103', { changes: [departures.training, departures.retention] }),
    then: { decides: 'rejected', because: 'never with what our customers gave us' },
  },
  {
    title: 'The draft tells the reviewer what to report: security and legal look, nobody obeys',
    ...received('104', { changes: [departures.hiddenInstruction] }),
    then: [
      { of: 'security', decides: 'approved', because: 'without that sentence' },
      { of: 'counsel', decides: 'rejected', because: 'not with somebody who tries that' },
    ],
  },
  {
    title: 'Our words go out, and nobody answers: they are withdrawn',
    ...received('105', { changes: [departures.noForceMajeure] }),
    then: [{ decides: 'approved', because: 'the clause goes back in' }, { passes: 'all the time' }],
  },
  {
    title: 'The model is unsure what a change means: legal read it themselves',
    ...received('106', { changes: [departures.publicity] }),
    given: { model: 'unsure', for: 'contract-review_clauses' },
    then: { decides: 'rejected', because: 'read it: not with case studies' },
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

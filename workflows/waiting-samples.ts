import type { Sample } from './sample.ts';
import { renewalOf, sampleRequests } from './sample-requests.ts';

/**
 * What `npm start` leaves open once it has played the samples, so that people find something waiting: a handoff of each process, a
 * question to whoever asked, a task that no workflow can finish. Each was asked for by one of the development people.
 */
export const waitingSamples: Readonly<Record<string, readonly Sample[]>> = {
  refund: [
    {
      title: 'The model is not sure what Noor means: a support lead is asked, and asks back',
      request: {
        requestId: 'open-1',
        claims: { email: 'noor.van.elst@mail.example' },
        wishes: [{ action: 'return', orderId: 'O-2009', itemIds: ['I-2009-1'], refundTo: 'PM-1005-card' }],
        message: 'The rug has a stain. Or was it there before?',
        confirmed: true,
      },
      requestedBy: 'rita',
      given: { model: 'unsure' },
      then: { asks: 'requester', by: 'leo', question: 'Did she see the stain when she unpacked the rug?' },
    },
    {
      title: 'Tobias gets his money, but the message to him is not taken: somebody must write to him',
      request: {
        requestId: 'open-2',
        claims: { email: 'tobias.renmark@mail.example' },
        wishes: [{ action: 'return', orderId: 'O-2007', itemIds: ['I-2007-2'], refundTo: 'PM-1004-card' }],
        message: 'The bottle leaks.',
        confirmed: true,
      },
      requestedBy: 'rita',
      given: { refuses: 'tickets.reply' },
    },
  ],
  'service-renewal': [
    {
      title: 'A customer wants 15 % off: the deal desk is asked',
      request: {
        ...renewalOf('309'),
        quote: {
          ...{ requestedDiscountPercent: 15, approvedDiscountPercent: 0, termsRequested: null },
          quotedAnnualPrice: 1_507_920,
        },
      },
      asOf: '2027-03-01T09:00:00Z',
      requestedBy: 'rita',
    },
  ],
  'insurance-claim': [waits('insurance-claim', 'A fall at a foundry, 29,800.00: an examiner is asked', 'FN-2001')],
  'order-exception': [waits('order-exception', 'Marta got the wrong mugs: somebody has to take over', 'open-1')],
  'payable-exception': [waits('payable-exception', 'Coffee dearer than ordered: procurement is asked', 'open-1')],
  'access-request': [
    waits('access-request', 'Liv is to publish the reports for a month: her manager is asked', 'AR-721', 'sigrid'),
  ],
  'lead-intake': [waits('lead-intake', 'A lead writes from a sanctioned country: compliance is asked', 'L-6001')],
  'contract-review': [
    waits('contract-review', 'Late fees and case studies: finance and procurement are asked', 'CT-201'),
  ],
};

function waits(process: string, title: string, id: string, requestedBy = 'nora'): Sample {
  return { title, request: sampleRequests[process]!(id), requestedBy };
}

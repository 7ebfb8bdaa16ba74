import type { Sample } from './sample.ts';
import { renewalOf, sampleRequests } from './sample-requests.ts';

/**
 * What `npm start` plays once it has played the samples, so that people find something on every page: cases that end as none of the
 * samples does, then some that it leaves open: a handoff of each process, a question to whoever asked, a task that no workflow can
 * finish. Each was asked for by one of the development people.
 */
export const firstDay: Readonly<Record<string, readonly Sample[]>> = {
  refund: [
    {
      title: 'Marta asks for something that no rule is about: a support lead takes it over',
      request: {
        requestId: 'other-1',
        claims: { email: 'marta.lindqvist@mail.example' },
        wishes: [{ action: 'other', orderId: 'O-2001' }],
        message: 'Can I have the kettle engraved?',
        confirmed: true,
      },
      requestedBy: 'rita',
      then: { decides: 'approved', by: 'leo', because: 'I call her' },
    },
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
      title: 'Another term was asked for than the one that ends: nothing is renewed',
      request: { ...renewalOf('306'), termEnd: '2027-06-30', message: null },
      asOf: '2027-03-01T09:00:00Z',
      requestedBy: 'rita',
    },
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
  'order-exception': [
    {
      title: 'Pavel’s tent was on hold, and is not any more: that is said, and nothing done',
      request: {
        requestId: 'other-1',
        exception: { kind: 'credit-hold', orderId: 'O-2106' },
        message: 'The customer asks when it ships.',
        confirmed: true,
      },
      requestedBy: 'nora',
    },
    {
      title: 'Tobias’ watch has a torn strap: support take it over',
      request: {
        requestId: 'other-2',
        exception: { kind: 'damaged', orderId: 'O-2104', itemIds: ['V-361-steel'] },
        message: 'The strap is torn.',
        confirmed: true,
      },
      requestedBy: 'nora',
      then: { decides: 'approved', because: 'a new strap is on its way' },
    },
    waits('order-exception', 'Marta got the wrong mugs: somebody has to take over', 'open-1'),
  ],
  'payable-exception': [waits('payable-exception', 'Coffee dearer than ordered: procurement is asked', 'open-1')],
  'access-request': [
    {
      title: 'Ola asks for what he has: nothing changes',
      request: {
        ...{ requestId: 'AR-720', action: 'grant', beneficiary: 'E-701', roleId: 'warehouse-terminal' },
        reason: 'For the night shift.',
      },
      requestedBy: 'greta',
    },
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

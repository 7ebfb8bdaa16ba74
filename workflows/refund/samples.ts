import type { Sample } from '../sample.ts';

/** One of each way a refund can go. */
export const samples: Sample[] = [
  {
    title: 'Marta returns a kettle: small and sure, so it is paid at once',
    request: refund('sample-1', 'marta.lindqvist@mail.example', 'The kettle is not the one I had in mind.', [
      { action: 'return', orderId: 'O-2001', itemIds: ['I-2001-1'], refundTo: 'PM-1001-card' },
    ]),
  },
  {
    title: 'Jonas returns a desk for 549.00: large, so a support lead decides',
    request: refund('sample-2', 'jonas.abeler@mail.example', 'The desk does not fit through our door.', [
      { action: 'return', orderId: 'O-2003', itemIds: ['I-2003-1'], refundTo: 'PM-1002-card' },
    ]),
    then: { decides: 'approved', by: 'leo' },
  },
  {
    title: 'Jonas cancels an order that is on its way: the rules refuse',
    request: refund('sample-3', 'jonas.abeler@mail.example', 'I no longer need it.', [
      { action: 'cancel', orderId: 'O-2004', reason: 'no longer needed' },
    ]),
  },
  {
    title: 'The model is not sure about a message, so a support lead decides; he says no',
    request: refund('sample-4', 'tobias.renmark@mail.example', 'It arrived yesterday. Or was it the other one?', [
      { action: 'return', orderId: 'O-2007', itemIds: ['I-2007-2'], refundTo: 'PM-1004-card' },
    ]),
    given: { model: 'unsure' },
    then: { decides: 'rejected', by: 'leo', because: 'please ask the customer which item is meant' },
  },
  {
    title: 'Nobody answers: at risk, escalated to the managers, expired; silence pays nothing',
    request: refund('sample-5', 'noor.van.elst@mail.example', 'I ordered twice by mistake.', [
      { action: 'cancel', orderId: 'O-2010', reason: 'ordered by mistake' },
    ]),
    then: { passes: 'all the time' },
  },
  {
    title: 'The payment system refuses: what was written before is compensated',
    request: refund('sample-6', 'ines.carvalheira@mail.example', 'Wrong size.', [
      { action: 'return', orderId: 'O-2006', itemIds: ['I-2006-1'], refundTo: 'PM-1003-paypal' },
    ]),
    given: { refuses: 'payments.refund' },
  },
  {
    title: 'Ines only writes a message: a model reads it, and she confirms the reading',
    request: {
      ...refund(
        'sample-7',
        'ines.carvalheira@mail.example',
        'Please cancel order O-2005 because it was ordered by mistake.',
        [],
      ),
      confirmed: false,
    },
    then: { comes: 'confirmation', data: { requestId: 'sample-7', answer: 'yes' } },
  },
  {
    title: 'Pavel is asked whether he really wants this, and does not answer for a week: nothing is done',
    request: {
      ...refund('sample-8', 'pavel.hradil@mail.example', 'The watch is too heavy.', [
        { action: 'return', orderId: 'O-2011', itemIds: ['I-2011-2'], refundTo: 'PM-1006-card' },
      ]),
      confirmed: false,
    },
    then: { passes: 'all the time' },
  },
];

function refund(requestId: string, email: string, message: string, wishes: object[]) {
  return { requestId, claims: { email }, wishes, message, confirmed: true };
}

import type { Sample } from '../sample.ts';

/** The day on which these cases come in; parcels are late or lost by it. */
const asOf = '2026-11-16T09:00:00Z';

/** Customers who want an order changed, then what went wrong with orders. */
export const samples: Sample[] = [
  {
    title: 'Marta exchanges a lamp for one with a longer arm: in order, so the 10.00 more are collected at once',
    request: wish('sample-1', 'marta.lindqvist@mail.example', 'The arm is too short. Difference on my card, please.', {
      ...{ action: 'exchange', orderId: 'O-2101', itemIds: ['V-320-short'], newItemIds: ['V-320-long'] },
      paymentMethodId: 'PM-1001-card',
    }),
  },
  {
    title: 'Jonas wants the wider desk, 210.00 more: large, so a support lead decides',
    request: wish('sample-2', 'jonas.abeler@mail.example', 'Can I still have the wide one?', {
      ...{ action: 'change-items', orderId: 'O-2102', itemIds: ['V-331-120'], newItemIds: ['V-331-180'] },
      paymentMethodId: 'PM-1002-card',
    }),
    then: { decides: 'approved', by: 'leo' },
  },
  {
    title: 'Ines wants her parcel sent elsewhere, but it has left: the rules refuse',
    request: wish('sample-3', 'ines.carvalheira@mail.example', 'I am at my sister’s this week.', {
      ...{ action: 'change-address', orderId: 'O-2103' },
      address: { line1: 'Avenida da Liberdade 110', city: 'Lisboa', country: 'PT', postalCode: '1250-146' },
    }),
  },
  {
    title: 'Aoife’s exchange cannot be charged: what was written before is compensated',
    request: wish('sample-4', 'aoife.brannock@mail.example', 'The long arm, please.', {
      ...{ action: 'exchange', orderId: 'O-2109', itemIds: ['V-320-short'], newItemIds: ['V-320-long'] },
      paymentMethodId: 'PM-1007-card',
    }),
    given: { refuses: 'payments.collect' },
  },
  {
    title: 'Tobias’ watch is six days late: the ladder gives a tenth back as a credit',
    request: report('sample-5', 'It was to be here last Tuesday.', { kind: 'late', orderId: 'O-2104' }),
    asOf,
  },
  {
    title: 'No carrier has seen Pavel’s toaster for twelve days: it is sent again',
    request: report('sample-6', 'No scan since the hub.', { kind: 'lost', orderId: 'O-2105' }),
    asOf,
  },
  {
    title: 'Pavel’s tent is on hold: credit control releases it, nobody else could',
    request: report('sample-7', 'The customer asks when it ships.', { kind: 'credit-hold', orderId: 'O-2106' }),
    asOf,
    then: { decides: 'approved', by: 'carl' },
  },
  {
    title: 'Aoife’s backpack came torn and is sold out: a refund is a case of its own, and this one waits for it',
    request: report('sample-8', 'Both straps are torn. I take the money instead.', {
      ...{ kind: 'damaged', orderId: 'O-2107', itemIds: ['V-350-olive'] },
    }),
    asOf,
  },
  {
    title: 'A carrier reports a code that nobody agreed to: the case waits until the feed’s owner has put it right',
    request: report('sample-9', 'Where is it?', { kind: 'late', orderId: 'O-2108' }),
  },
];

function wish(requestId: string, email: string, message: string, one: object) {
  return { requestId, claims: { email }, wishes: [one], message, confirmed: true };
}

function report(requestId: string, message: string, exception: object) {
  return { requestId, exception, message, confirmed: true };
}

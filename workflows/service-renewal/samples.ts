import type { Sample } from '../sample.ts';

const termEnd = '2027-05-31';
const standard = { requestedDiscountPercent: 0, approvedDiscountPercent: 0, termsRequested: null };

/** One of each way a renewal can go, three months before the term ends. */
export const samples: Sample[] = [
  {
    title: 'A small account on standard terms: the offer goes out by itself, and the customer accepts it',
    ...due('1', null),
    then: { comes: 'answer', data: answer('1', 'accepted') },
  },
  {
    title: 'A customer wants 15 % off: the deal desk decides, and they renew on that',
    ...due(
      '2',
      { ...standard, requestedDiscountPercent: 15, quotedAnnualPrice: 1_507_920 },
      'We need 15 % off to stay.',
    ),
    then: [
      { decides: 'approved', because: 'a reference customer' },
      { comes: 'answer', data: answer('2', 'accepted') },
    ],
  },
  {
    title: 'A customer wants to pay later: legal refuse, the standard terms are offered, the customer declines',
    ...due(
      '3',
      { ...standard, quotedAnnualPrice: 484_512, termsRequested: 'payment net 75' },
      'We agree to payment net 75.',
    ),
    then: [
      { decides: 'rejected', because: 'not for accounts of this size' },
      { comes: 'answer', data: { ...answer('3', 'declined'), because: 'too short a time to pay' } },
    ],
  },
  {
    title: 'A price was quoted at ten times what the rules give: the pricing desk sends the right one',
    ...due('4', { ...standard, quotedAnnualPrice: 5_413_680 }),
    then: [
      { decides: 'approved', because: 'a slip of the keyboard' },
      { comes: 'answer', data: answer('4', 'accepted') },
    ],
  },
  {
    title: 'An invoice is overdue for 75 days: finance are asked first, and refuse',
    ...due('5', null),
    then: { decides: 'rejected', because: 'they have stopped answering' },
  },
  {
    title: 'The customer never answers: the term lapses, nothing is renewed silently',
    ...due('6', null),
    then: { passes: 'all the time' },
  },
  {
    title: 'The booking is refused: the new price is compensated',
    ...due('7', null),
    given: { refuses: 'bookings.bookRenewal' },
    then: { comes: 'answer', data: answer('7', 'accepted') },
  },
  {
    title: 'A customer gave notice in time: one call to keep them, in vain',
    ...due('8', null),
    then: { decides: 'rejected', because: 'they move to another town' },
  },
];

function due(n: string, quote: object | null, message: string | null = null): Pick<Sample, 'request' | 'asOf'> {
  return {
    request: { subscriptionId: `SUB-30${n}`, customerId: `K-30${n}`, termEnd, quote, message },
    asOf: '2027-03-01T09:00:00Z',
  };
}

function answer(n: string, said: string) {
  return { subscriptionId: `SUB-30${n}`, termEnd, offerNumber: 1, answer: said };
}

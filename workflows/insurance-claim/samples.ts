import type { Sample } from '../sample.ts';

const reportedOn = '2026-03-10';
const asOf = `${reportedOn}T09:00:00Z`;

/** One of each way a claim can go. */
export const samples: Sample[] = [
  {
    title: 'Hail on a delivery van: covered, small and complete, so it is acknowledged, reserved and paid at once',
    request: claim('FN-1001', 'CA-7001', 'hail', '2026-03-05', 486_050, 'Rye & Sons Bakery'),
    asOf,
  },
  {
    title: 'A fall at a foundry, 32,400.00: an examiner assesses it, finance settle it',
    request: {
      ...claim('FN-1002', 'WC-4100', 'fall', '2026-03-02', 3_240_000, 'Noor Castellan'),
      ...{ bodilyInjury: true, documents: ['first_report_of_injury'], lossState: 'MI' },
    },
    asOf,
    then: [
      { decides: 'approved', of: 'assess' },
      { decides: 'approved', of: 'settle' },
    ],
  },
  {
    title:
      'Two flags on a new policy: investigations ask back, operations answer, they reject; a person denies, citing the clause',
    request: {
      ...claim('FN-1003', 'CA-7002', 'theft', '2026-02-27', 910_000, 'Quickstep Couriers'),
      ...{ lossState: 'PA', payeeAccountChangedOn: '2026-03-06' },
    },
    asOf,
    then: [
      { decides: 'returned', of: 'investigate', because: 'Where were the keys?' },
      { decides: 'approved', of: 'answerRisk', because: 'The insured sends a statement: in the van.' },
      { decides: 'rejected', of: 'investigate', because: 'The van was sold before the loss.' },
      { decides: 'approved', of: 'deny' },
    ],
  },
  {
    title: 'The repair estimate is missing: the claimant is asked, nobody waits; it comes, and the claim is paid',
    request: {
      ...claim('FN-1004', 'CA-7001', 'vandalism', '2026-03-07', 272_500, 'Rye & Sons Bakery'),
      documents: ['police_report'],
    },
    asOf,
    then: { comes: 'information', data: { claimId: 'FN-1004', documents: ['repair_estimate'] } },
  },
  {
    title: 'A loss after the policy was cancelled: the rules only recommend; an examiner denies, citing the clause',
    request: { ...claim('FN-1005', 'CA-7003', 'fire', '2026-02-11', 705_000, 'Alder Landscaping'), lossState: 'VT' },
    asOf,
    then: { decides: 'approved', of: 'deny' },
  },
  {
    title: 'The same rear-end collision, reported twice: an examiner closes the second as a duplicate',
    request: claim('FN-1006', 'CA-7001', 'rear_end', '2026-02-25', 640_000, 'Rye & Sons Bakery'),
    asOf,
    then: { decides: 'approved', of: 'close' },
  },
  {
    title: 'The payee is on a sanctions list: nothing is paid, and compliance have it',
    request: claim('FN-1007', 'CA-7001', 'collision', '2026-03-01', 530_000, 'KARST HARBOUR SALVAGE'),
  },
  {
    title: 'The bank refuses the payment: the reserve is restored, and the case ends as failed',
    request: claim('FN-1009', 'CA-7001', 'glass', '2026-03-08', 191_000, 'Rye & Sons Bakery'),
    asOf,
    given: { refuses: 'disbursements.pay' },
  },
  {
    title: 'Finance send a settlement back: it is assessed anew, for less, and settled; rework is counted',
    request: claim('FN-1008', 'CA-7001', 'flood', '2026-02-20', 4_250_000, 'Rye & Sons Bakery'),
    asOf,
    then: [
      { decides: 'approved', of: 'assess' },
      { decides: 'returned', of: 'settle', because: 'Page two of the estimate counts the roof twice.' },
      { decides: 'approved', of: 'assess', amend: { amount: 3_700_000 } },
      { decides: 'approved', of: 'settle' },
    ],
  },
];

function claim(
  claimId: string,
  policyNumber: string,
  cause: string,
  dateOfLoss: string,
  amount: number,
  payee: string,
) {
  const told = `$${(amount / 100).toFixed(2)}`;
  return {
    ...{ claimId, policyNumber, cause, dateOfLoss, reportedOn, lossState: 'OH', amount, currency: 'USD', payee },
    ...{ payeeAccountChangedOn: null, bodilyInjury: false, documents: ['police_report', 'repair_estimate'] },
    ...{ channel: 'web', narrative: `${cause.replaceAll('_', ' ')} on ${dateOfLoss}, we put it at ${told}.` },
  };
}

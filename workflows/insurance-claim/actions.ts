import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, Day, Reference, text } from '../../core/declare/values.ts';
import { Payee } from './request.ts';

const Letter = text(5_000).min(1);

/** What a finding of the rules is about. */
export const Concern = z.enum(['cover', 'duplicate', 'fraud', 'sanctions', 'documents', 'amount']);

const Claim = z.strictObject({ claimId: Reference });
const Assessment = Claim.extend({ amount: Cents, currency: Currency });
const Denial = Claim.extend({ clause: text(1_000).min(1), letter: Letter }).refine(
  ({ clause, letter }) => letter.includes(clause),
  { path: ['letter'], error: 'must cite the clause' },
);

export const terms = {
  claim: Claim,
  intake: Claim.extend({ reserve: Cents, currency: Currency, acknowledgeBy: Day, letter: Letter }),
  request: Claim.extend({ wants: z.array(text(2_000)), letter: Letter }),
  clearance: Claim.extend({ payee: Payee, concern: Concern }),
  assessment: Assessment,
  settlement: Assessment.extend({ policyNumber: Reference, payee: Payee, letter: Letter }),
  denial: Denial,
  closure: Claim.extend({ duplicateOf: Reference, letter: Letter }),
};

const letter = <const On extends string>(on: On) =>
  action({
    on,
    does: 'letters.send',
    irreversible: 'a letter that left the house is answered by another letter',
    input: Claim.extend({ letter: Letter }),
    output: z.object({ letterId: Reference }),
    reference: 'letterId',
  });

export const actions = {
  setReserve: action({
    on: 'intake',
    does: 'claims.setReserve',
    compensatedBy: 'claims.restoreReserve',
    input: z.strictObject({ claimId: Reference, reserve: Cents, currency: Currency }),
    output: z.object({ before: Cents.nullable() }),
  }),
  acknowledge: letter('intake'),
  requestInformation: letter('request'),
  pay: action({
    on: 'settlement',
    does: 'disbursements.pay',
    compensatedBy: 'disbursements.stop',
    input: z.strictObject({ claimId: Reference, payee: Payee, amount: Cents, currency: Currency }),
    output: z.object({ paymentId: Reference }),
    reference: 'paymentId',
  }),
  tellSettled: letter('settlement'),
  tellDenied: letter('denial'),
  tellClosed: letter('closure'),
};

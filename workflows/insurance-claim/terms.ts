import { isSame, plainName } from '../../rules/canonical.ts';
import { addDays, daysBetween } from '../../rules/dates.ts';
import type { Claim } from './claim-file.ts';
import * as letters from './letters.ts';
import type { Notice, PriorClaim, Terms } from './types.ts';

/** What the reserve is at the opening: the amount claimed, at most the limit. */
export function intakeTerms({ notice, found: { policy, guidelines } }: Claim): Terms<'intake'> {
  const { claimId, amount, currency, reportedOn } = notice;
  const acknowledgeBy = addDays(reportedOn, guidelines.acknowledgeDays);
  const reserve = policy ? Math.min(policy.limit, amount) : amount;
  return { claimId, reserve, currency, acknowledgeBy, letter: letters.acknowledgement(notice, acknowledgeBy) };
}

/** What is payable if all of it is covered: what exceeds the deductible, at most what is left of the limit. */
export function assessmentTerms(claim: Claim): Terms<'assessment'> {
  const { claimId, amount, currency } = claim.notice;
  const { policy } = claim.found;
  const payable = policy ? Math.max(0, Math.min(amount - policy.deductible, leftOfLimit(claim))) : 0;
  return { claimId, amount: payable, currency };
}

export function settlementTerms({ notice, policyNumber, found }: Claim, amount: number): Terms<'settlement'> {
  const { claimId, payee, currency } = notice;
  return { claimId, policyNumber, payee, amount, currency, letter: letters.settlement(notice, found.policy, amount) };
}

export const requestTerms = (notice: Notice, wants: string[]): Terms<'request'> => ({
  claimId: notice.claimId,
  wants,
  letter: letters.request(notice, wants),
});

export const denialTerms = (notice: Notice, clause: string): Terms<'denial'> => ({
  claimId: notice.claimId,
  clause,
  letter: letters.denial(notice, clause),
});

export const closureTerms = (notice: Notice, duplicateOf: string): Terms<'closure'> => ({
  claimId: notice.claimId,
  duplicateOf,
  letter: letters.closure(notice, duplicateOf),
});

/** The other claims on the policy. */
export const earlierClaims = ({ notice, found }: Claim): PriorClaim[] =>
  found.priorClaims.filter(({ claimId }) => claimId !== notice.claimId);

/** What other claims have left of the limit. */
export const leftOfLimit = (claim: Claim): number =>
  earlierClaims(claim)
    .filter(({ status }) => status === 'paid')
    .reduce((left, { paid }) => left - paid, claim.found.policy?.limit ?? 0);

/** The claim under which the same loss was reported before. */
export function duplicateOf(claim: Claim): string | undefined {
  const { cause, dateOfLoss, amount } = claim.notice;
  const { policy, guidelines } = claim.found;
  if (!policy) return undefined;
  return earlierClaims(claim).find(
    (prior) =>
      isSame(plainName, prior.cause, cause) &&
      Math.abs(daysBetween(prior.dateOfLoss, dateOfLoss)) <= guidelines.duplicateDays &&
      Math.abs(prior.amount - amount) * 100 <= guidelines.duplicatePercent * prior.amount,
  )?.claimId;
}

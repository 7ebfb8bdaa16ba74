import { isAmong, isSame, plainName } from '../../rules/canonical.ts';
import * as letters from './letters.ts';
import {
  type ClaimFile,
  type CoverFacts,
  type Guidelines,
  isListed,
  kindsOf,
  type Notice,
  type PriorClaim,
  type Reading,
  type Seen,
} from './claim-file.ts';
import { addDays, daysBetween } from './dates.ts';
import { fraudFlags } from './fraud-flags.ts';

/** What the reserve is at the opening: the amount claimed, at most the limit. */
export function planIntake(notice: Notice, { policy, guidelines }: Seen) {
  const { claimId, amount, currency, reportedOn } = notice;
  const acknowledgeBy = addDays(reportedOn, guidelines.acknowledgeDays);
  const letter = letters.acknowledgement(notice, acknowledgeBy);
  const reserve = policy ? Math.min(policy.limit, amount) : amount;
  return {
    facts: { policyFound: policy !== null, reserve, withinLimit: policy === null || reserve <= policy.limit, currency },
    terms: { claimId, reserve, currency, acknowledgeBy, letter },
  };
}

/** The facts that the rules on cover decide on, and what would be payable if all of it were covered. */
export function weigh(notice: Notice, file: ClaimFile, seen: Seen) {
  const { claimId, cause, dateOfLoss, amount, currency } = notice;
  const { policy, reading, guidelines, guided } = seen;
  const priorClaims = seen.priorClaims.filter((prior) => prior.claimId !== claimId);
  const documents = kindsOf(file, seen.documents);

  const paid = priorClaims.filter(({ status }) => status === 'paid').reduce((sum, prior) => sum + prior.paid, 0);
  const left = (policy?.limit ?? 0) - paid;
  const payable = policy ? Math.max(0, Math.min(amount - policy.deductible, left)) : 0;
  const same = policy ? priorClaims.find((prior) => isSameLoss(notice, prior, guidelines)) : undefined;

  const facts: CoverFacts = {
    policyFound: policy !== null,
    guided,
    listed: isListed(file, seen.screening),
    inForce:
      policy !== null &&
      dateOfLoss >= policy.effectiveDate &&
      dateOfLoss < policy.expirationDate &&
      !(policy.cancelledOn !== null && dateOfLoss >= policy.cancelledOn),
    duplicate: same !== undefined,
    perilExcluded: isAmong(plainName, policy?.exclusions ?? [], cause),
    flags: policy ? fraudFlags(notice, policy, priorClaims, documents, guidelines) : [],
    missing: policy ? guidelines.documents.filter((kind) => !isAmong(plainName, documents, kind)) : [],
    claimed: amount,
    beyondDeductible: amount - (policy?.deductible ?? 0),
    beyondLimit: amount - left,
    severity: severityOf(notice, guidelines),
    reading: standingOf(notice, reading),
    asked: file.asked,
    setAside: file.setAside,
  };
  return { facts, terms: { claimId, amount: payable, currency }, duplicateOf: same?.claimId ?? '' };
}

const isSameLoss = (notice: Notice, prior: PriorClaim, { duplicateDays, duplicatePercent }: Guidelines): boolean =>
  isSame(plainName, prior.cause, notice.cause) &&
  Math.abs(daysBetween(prior.dateOfLoss, notice.dateOfLoss)) <= duplicateDays &&
  Math.abs(prior.amount - notice.amount) * 100 <= duplicatePercent * prior.amount;

const severityOf = ({ bodilyInjury, amount }: Notice, { injuryIsSevere, largeFrom }: Guidelines) => [
  ...(bodilyInjury && injuryIsSevere ? (['bodily-injury'] as const) : []),
  ...(amount >= largeFrom ? (['large'] as const) : []),
];

/** What the model's reading adds: it can only make the rules more careful. */
function standingOf({ dateOfLoss, amount }: Notice, { answer, confident }: Reading): CoverFacts['reading'] {
  if (!confident) return 'unsure';
  const contradicts = answer.details.some(
    ({ what, value }) =>
      (what === 'date-of-loss' && value !== dateOfLoss) ||
      (what === 'amount' && Math.round(Number(value) * 100) !== amount),
  );
  if (contradicts) return 'contradicts';
  return answer.recommendation === 'pay' ? 'agrees' : 'doubts';
}

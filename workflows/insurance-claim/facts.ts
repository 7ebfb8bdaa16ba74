import { smallestUnits } from '../../rules/currency.ts';
import { isAmong, plainName } from '../../rules/canonical.ts';
import { names } from '../../rules/texts.ts';
import { type Claim, documentsOf } from './claim-file.ts';
import { flagsOf } from './fraud-flags.ts';
import { duplicateOf, leftOfLimit } from './terms.ts';
import type { Facts, Guidelines, InsurancePolicy, Notice, Reading, Ruling, Terms } from './types.ts';

export const intakeFacts = ({ reserve, currency }: Terms<'intake'>, { found: { policy } }: Claim): Facts<'intake'> => ({
  policyFound: policy !== null,
  reserve,
  withinLimit: policy === null || reserve <= policy.limit,
  currency,
});

/** What the rules on cover decide on. */
export function coverFacts(claim: Claim): Facts<'cover'> {
  const { notice, found, asked, setAside } = claim;
  const { policy, reading, guidelines, guided } = found;
  const { cause, dateOfLoss, amount } = notice;
  return {
    policyFound: policy !== null,
    guided,
    listed: isListed(claim),
    inForce: policy !== null && isInForce(policy, dateOfLoss),
    duplicate: duplicateOf(claim) !== undefined,
    perilExcluded: isAmong(plainName, policy?.exclusions ?? [], cause),
    flags: flagsOf(claim),
    missing: missingFrom(claim),
    claimed: amount,
    beyondDeductible: amount - (policy?.deductible ?? 0),
    beyondLimit: amount - leftOfLimit(claim),
    severity: severityOf(notice, guidelines),
    reading: standingOf(notice, reading),
    asked,
    setAside,
  };
}

export const denialFacts = (
  { claimId, clause, letter }: Terms<'denial'>,
  { verdict, outputs }: Ruling<'grounds'>,
): Facts<'denial'> => ({
  grounds: verdict,
  clauseOfGrounds: clause === outputs.clause,
  namesClaim: names(letter, claimId),
});

export const closureFacts = ({ claimId, duplicateOf, letter }: Terms<'closure'>): Facts<'closure'> => ({
  namesClaim: names(letter, claimId),
  namesDuplicate: names(letter, duplicateOf),
});

/** A hit that nobody has cleared. */
export const isListed = ({ clearedEntries, found: { screening } }: Claim): boolean =>
  screening.hits.some(({ entryId }) => !clearedEntries.includes(entryId));

/** Documents that the guidelines want and that are not there. */
export function missingFrom(claim: Claim): string[] {
  const { policy, guidelines } = claim.found;
  const there = documentsOf(claim);
  return policy ? guidelines.documents.filter((kind) => !isAmong(plainName, there, kind)) : [];
}

const isInForce = ({ effectiveDate, expirationDate, cancelledOn }: InsurancePolicy, day: string): boolean =>
  day >= effectiveDate && day < expirationDate && (cancelledOn === null || day < cancelledOn);

const severityOf = ({ bodilyInjury, amount }: Notice, { injuryIsSevere, largeFrom }: Guidelines) => [
  ...(bodilyInjury && injuryIsSevere ? (['bodily-injury'] as const) : []),
  ...(amount >= largeFrom ? (['large'] as const) : []),
];

/** What the model's reading adds: it can only make the rules more careful. */
function standingOf(
  { dateOfLoss, amount, currency }: Notice,
  { answer, confident }: Reading,
): Facts<'cover'>['reading'] {
  if (!confident) return 'unsure';
  const contradicts = answer.details.some(
    ({ what, value }) =>
      (what === 'date-of-loss' && value !== dateOfLoss) ||
      (what === 'amount' && smallestUnits(Number(value), currency) !== amount),
  );
  if (contradicts) return 'contradicts';
  return answer.recommendation === 'pay' ? 'agrees' : 'doubts';
}

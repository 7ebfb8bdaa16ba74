import { isAmong, isSame, plainName } from '../../rules/canonical.ts';
import type { Flag, Guidelines, InsurancePolicy, Notice, PriorClaim } from './claim-file.ts';
import { daysBetween } from './dates.ts';

/** 1,000 in cents. */
const thousand = 100_000;

/** What special investigations want to see. A flag refers a claim to them and never denies it. */
export function fraudFlags(
  notice: Notice,
  policy: InsurancePolicy,
  priorClaims: readonly PriorClaim[],
  documents: readonly string[],
  guidelines: Guidelines,
): Flag[] {
  const { dateOfLoss, reportedOn, amount, payeeAccountChangedOn, lossState } = notice;
  const within = (days: number, most: number) => days >= 0 && days <= most;
  const recent = priorClaims.filter((prior) =>
    within(daysBetween(prior.dateOfLoss, dateOfLoss), guidelines.frequencyDays),
  );
  const changed = payeeAccountChangedOn === null ? -1 : daysBetween(payeeAccountChangedOn, reportedOn);
  const has = (kind: string) => isAmong(plainName, documents, kind);

  const raised: Record<Flag, boolean> = {
    'FF-1': policy.newBusiness && within(daysBetween(policy.effectiveDate, dateOfLoss), guidelines.inceptionDays),
    'FF-2': daysBetween(dateOfLoss, reportedOn) > guidelines.lateReportDays,
    'FF-3': recent.length >= guidelines.frequentClaims,
    'FF-4': amount * 100 >= guidelines.nearLimitPercent * policy.limit && amount <= policy.limit,
    'FF-5': within(changed, guidelines.accountChangeDays),
    'FF-6': !isSame(plainName, lossState, policy.state) && !has('police_report'),
    'FF-7': amount % thousand === 0 && !has('repair_estimate') && !has('medical_report'),
  };
  return (Object.keys(raised) as Flag[]).filter((flag) => raised[flag]);
}

import { noCurrency } from '../../rules/currency.ts';
import { addDays, addMonths } from '../../rules/dates.ts';
import { none, type Planned } from './facts.ts';
import type { Account, Offer, PriceFault, Pricing, Renewal, RenewalFacts, Request } from './types.ts';
import type { Wishes } from './wishes.ts';

/** What would be offered today. All of it is computed from the records and the quote. */
export function planOffer(
  { subscriptionId, customerId, termEnd, quote }: Request,
  wishes: Wishes,
  { subscription, price }: Account,
  { verdict, outputs: pricing }: { verdict: 'known' | 'unknown'; outputs: Pricing },
  offerNumber: number,
  today: string,
): Planned {
  const { autoRenews, noticeDays, termMonths } = subscription ?? none;
  // What has no price goes to the pricing desk, by the rule price-unknown.
  const { annualPrice: annualValue, currency } = price ?? { annualPrice: 0, currency: noCurrency };
  const { escalatorPercent } = pricing;
  const discountPercent = Math.max(wishes.discountPercent, wishes.approvedDiscountPercent);
  const rightPrice = priceAt(annualValue, escalatorPercent, wishes.approvedDiscountPercent);
  const noticeDeadline = autoRenews ? addDays(termEnd, -noticeDays) : undefined;
  const offer = {
    ...{ subscriptionId, customerId, termEnd, offerNumber },
    newTermEnd: addMonths(termEnd, termMonths),
    newTermMonths: termMonths,
    annualPrice: priceAt(annualValue, escalatorPercent, discountPercent),
    ...{ currency, conditions: wishes.conditions, discountPercent },
    answerBy: answerBy(today, termEnd, noticeDeadline, pricing.answerDaysAfterEnd),
    annualValue,
    letter: 'Your term ends soon. We would be glad to go on working for you; our offer is enclosed.',
  };
  const faults = quote ? priceFaults(quote.quotedAnnualPrice, rightPrice, annualValue, pricing) : [];
  return { offer, annualValue, rightPrice, priceFaults: faults, known: verdict === 'known' };
}

/** Today's price, raised by the contract's escalator, then lowered by the discount: in this order half cents fall as in the price list. */
export const priceAt = (annualPrice: number, escalatorPercent: number, discountPercent: number): number =>
  Math.round(annualPrice * (1 + escalatorPercent / 100) * (1 - discountPercent / 100));

/** What is wrong with a price that was quoted: it is not the one that the rules give, or it rises by more than the cap. */
export function priceFaults(
  quoted: number,
  right: number,
  annualPrice: number,
  { priceTolerance, upliftCapPercent }: { priceTolerance: number; upliftCapPercent: number },
): PriceFault[] {
  const differs = Math.abs(quoted - right) > priceTolerance;
  const aboveCap = quoted * 100 > annualPrice * (100 + upliftCapPercent);
  return [...(differs ? (['differs'] as const) : []), ...(aboveCap ? (['above-cap'] as const) : [])];
}

/** Until the notice deadline; until the term's end where that deadline has passed or does not bind; after that, some days. */
function answerBy(today: string, termEnd: string, noticeDeadline: string | undefined, daysAfterEnd: number): string {
  if (noticeDeadline !== undefined && noticeDeadline >= today) return noticeDeadline;
  return termEnd >= today ? termEnd : addDays(today, daysAfterEnd);
}

/** More or less than the contract as it stands was agreed on. */
export const isRenegotiated = ({ conditions, discountPercent }: Offer) => conditions !== null || discountPercent > 0;

/** Whether what was approved is still what would be offered, and can still be answered; what its approver may change is theirs. */
export const isStill = (approved: Offer, offer: Offer, today: string): boolean =>
  approved.answerBy >= today &&
  (Object.keys(offer) as (keyof Offer)[]).every(
    (field) => field === 'letter' || field === 'answerBy' || approved[field] === offer[field],
  );

/** What the customer is sent of it. */
export const letterOf = ({ annualValue: _, ...offer }: Offer) => offer;

export const renewalOn = (offer: Offer, annualPrice = offer.annualPrice): Renewal => {
  const { subscriptionId, termEnd, newTermEnd, newTermMonths, currency, conditions } = offer;
  return { subscriptionId, termEnd, newTermEnd, newTermMonths, annualPrice, currency, conditions };
};

/** What the case was worth: how much a year was up for renewal, and how much of it stays. */
export const impactOf = (
  { annualValue, priceFaults: faults }: Pick<RenewalFacts, 'annualValue' | 'priceFaults'>,
  retained: number,
  closedOnTime: boolean,
  reviewMinutesRemoved = 0,
) => ({
  annualUpForRenewal: annualValue,
  annualRetained: Math.min(annualValue, retained),
  closedOnTime,
  reviewMinutesRemoved,
  pricingErrorsCaught: faults.length > 0 ? 1 : 0,
});

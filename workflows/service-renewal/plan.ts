import type { z } from 'zod';
import { addDays, addMonths, daysBetween } from '../../rules/dates.ts';
import type { definition } from './definition.ts';
import { priceAt, priceFaults } from './price.ts';

type Definition = typeof definition;
export type Request = z.output<Definition['request']>;
type Pricing = z.output<NonNullable<Definition['policies']['pricing']['outputs']>>;
export type Terms<Name extends keyof Definition['terms']> = z.output<Definition['terms'][Name]>;
/** What the systems of record say about a subscription. */
export type Account = { [S in keyof Definition['context']]: z.output<Definition['context'][S]['gives']> };
export type Packet = z.input<Definition['handoffs']['approve']['requires']>;
export type Brief = z.output<Definition['inferences']['brief']['returns']>;

/** What the customer wants beside the renewal itself; a wish that was refused is no longer there. */
export interface Wishes {
  discountPercent: number;
  approvedDiscountPercent: number;
  conditions: string | null;
}

export const wishesOf = (quote: Request['quote']): Wishes => ({
  discountPercent: quote?.requestedDiscountPercent ?? 0,
  approvedDiscountPercent: quote?.approvedDiscountPercent ?? 0,
  conditions: quote?.termsRequested ?? null,
});

/** Where what is known of a subscription and its customer is read. */
export const sourcesOf = ({ subscriptionId, customerId }: Request) => ({
  ...{
    subscription: { subscriptionId },
    usage: { subscriptionId },
    price: { subscriptionId },
    earlier: { subscriptionId },
  },
  ...{ tickets: { customerId }, account: { customerId } },
});

/** What a system that knows no such subscription or customer says; the rules decide on `thisTerm` before the rest. */
const none = {
  ...{ customerId: '', contractType: '', termMonths: 1, tenureMonths: 0, termEnd: '', autoRenews: false },
  ...{ noticeDays: 0, services: { internet: 'No', techSupport: false }, cancelRequestedOn: null },
};

export const pricingFacts = ({ subscription }: Account) => ({ contractType: (subscription ?? none).contractType });

/** Usage that nobody measured counts as none: that is the careful reading. */
export function riskFacts({ subscription, usage, account, tickets }: Account) {
  const { contractType, tenureMonths, services } = subscription ?? none;
  return {
    ...{ contractType, tenureMonths, internet: services.internet, techSupport: services.techSupport },
    paymentMethod: account?.paymentMethod ?? '',
    usagePercent: usage?.usagePercent ?? 0,
    ticketsIn90Days: tickets.ticketsIn90Days,
  };
}

/** What would be offered today, and what the records say about it. All of it is computed; the customer's words change nothing. */
export function planRenewal(
  { subscriptionId, customerId, termEnd, quote, message }: Request,
  wishes: Wishes,
  { subscription, account, tickets, price }: Account,
  { verdict, outputs: pricing }: { verdict: 'known' | 'unknown'; outputs: Pricing },
  brief: { answer: Brief; confident: boolean },
  offerNumber: number,
  today: string,
) {
  const { autoRenews, noticeDays, termMonths, cancelRequestedOn } = subscription ?? none;
  // XXX is no currency (ISO 4217). What has no price goes to the pricing desk, by the rule price-unknown.
  const { annualPrice: annualValue, currency } = price ?? { annualPrice: 0, currency: 'XXX' };
  const { escalatorPercent } = pricing;
  const noticeDeadline = addDays(termEnd, -noticeDays);
  const daysToEnd = daysBetween(today, termEnd);
  const discountPercent = Math.max(wishes.discountPercent, wishes.approvedDiscountPercent);
  const rightPrice = priceAt(annualValue, escalatorPercent, wishes.approvedDiscountPercent);

  const offer: Terms<'offer'> = {
    ...{ subscriptionId, customerId, termEnd, offerNumber },
    newTermEnd: addMonths(termEnd, termMonths),
    newTermMonths: termMonths,
    annualPrice: priceAt(annualValue, escalatorPercent, discountPercent),
    ...{ currency, conditions: wishes.conditions, discountPercent },
    answerBy: answerBy(today, termEnd, autoRenews ? noticeDeadline : undefined, pricing.answerDaysAfterEnd),
    letter: 'Your term ends soon. We would be glad to go on working for you; our offer is enclosed.',
  };
  const facts = {
    thisTerm: isThisTerm({ customerId, termEnd }, subscription),
    priced: price !== null && verdict === 'known',
    cancelledInTime: cancelRequestedOn !== null && cancelRequestedOn <= noticeDeadline,
    ...{ daysToEnd, autoRenews, daysToNotice: daysToEnd - noticeDays },
    overdueDays: account?.oldestOverdueDays ?? 0,
    openSeverity1: tickets.openSeverity1,
    priceFaults: quote ? priceFaults(quote.quotedAnnualPrice, rightPrice, annualValue, pricing) : [],
    termsAsked: wishes.conditions !== null,
    discountOver: Math.max(0, wishes.discountPercent - wishes.approvedDiscountPercent),
    ...{ annualValue, rightPrice, annualPrice: offer.annualPrice, discountPercent },
    offerNumber,
    unheard: message !== null && !heard(brief.answer.asksFor, quote, cancelRequestedOn),
    unsure: message !== null && !brief.confident,
  };
  return { offer, facts };
}

export const isThisTerm = (
  { customerId, termEnd }: { customerId: string; termEnd: string },
  subscription: Account['subscription'],
) => subscription?.customerId === customerId && subscription.termEnd === termEnd;

/** Until the notice deadline; until the term's end where that deadline has passed or does not bind; after that, some days. */
function answerBy(today: string, termEnd: string, noticeDeadline: string | undefined, daysAfterEnd: number): string {
  if (noticeDeadline !== undefined && noticeDeadline >= today) return noticeDeadline;
  return termEnd >= today ? termEnd : addDays(today, daysAfterEnd);
}

/** A counter-proposal asks anew; what was approved before stays approved. */
export const countered = (
  { approvedDiscountPercent }: Wishes,
  { discountPercent, termsRequested }: { discountPercent: number; termsRequested: string | null },
): Wishes => ({ discountPercent, approvedDiscountPercent, conditions: termsRequested });

/** A wish that is refused does not refuse the renewal: what is left of it is offered. */
export const without = (wish: 'terms' | 'discount', wishes: Wishes): Wishes =>
  wish === 'terms' ? { ...wishes, conditions: null } : { ...wishes, discountPercent: wishes.approvedDiscountPercent };

/** Whether what the customer writes is among what the quote and the records hold already. */
function heard(asksFor: Brief['asksFor'], quote: Request['quote'], cancelRequestedOn: string | null): boolean {
  switch (asksFor) {
    case 'nothing':
      return true;
    case 'a discount':
      return (quote?.requestedDiscountPercent ?? 0) > 0;
    case 'other terms':
      return Boolean(quote?.termsRequested);
    case 'to leave':
      return cancelRequestedOn !== null;
    case 'something else':
      return false;
  }
}

/** More or less than the contract as it stands was agreed on. */
export const isRenegotiated = ({ conditions, discountPercent }: Terms<'offer'>) =>
  conditions !== null || discountPercent > 0;

/** Whether what was approved is still what would be offered, and can still be answered; what its approver may change is theirs. */
export const isStill = (approved: Terms<'offer'>, offer: Terms<'offer'>, today: string): boolean =>
  approved.answerBy >= today &&
  (Object.keys(offer) as (keyof Terms<'offer'>)[]).every(
    (field) => field === 'letter' || field === 'answerBy' || approved[field] === offer[field],
  );

export const renewalOn = (offer: Terms<'offer'>, annualPrice = offer.annualPrice): Terms<'renewal'> => {
  const { subscriptionId, termEnd, newTermEnd, newTermMonths, currency, conditions } = offer;
  return { subscriptionId, termEnd, newTermEnd, newTermMonths, annualPrice, currency, conditions };
};

/** What the case was worth: how much a year was up for renewal, and how much of it stays. */
export const impactOf = (
  { annualValue, priceFaults: faults }: ReturnType<typeof planRenewal>['facts'],
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

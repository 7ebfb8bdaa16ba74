import { addDays, daysBetween } from '../../rules/dates.ts';
import type { Account, Brief, Offer, PriceFault, RenewalFacts, Request } from './types.ts';
import type { Wishes } from './wishes.ts';

/** What a system that knows no such subscription or customer says; the rules decide on `thisTerm` before the rest. */
export const none = {
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

/** What the records say about what would be offered. The customer's words change nothing of it. */
export function renewalFacts(
  { customerId, termEnd, quote, message }: Request,
  wishes: Wishes,
  { subscription, account, tickets, price }: Account,
  { offer, rightPrice, annualValue, priceFaults, known }: Planned,
  brief: Brief,
  today: string,
): RenewalFacts {
  const { autoRenews, noticeDays, cancelRequestedOn } = subscription ?? none;
  const { annualPrice, discountPercent, offerNumber } = offer;
  const daysToEnd = daysBetween(today, termEnd);
  return {
    thisTerm: isThisTerm({ customerId, termEnd }, subscription),
    priced: price !== null && known,
    cancelledInTime: cancelRequestedOn !== null && cancelRequestedOn <= addDays(termEnd, -noticeDays),
    ...{ daysToEnd, autoRenews, daysToNotice: daysToEnd - noticeDays },
    overdueDays: account?.oldestOverdueDays ?? 0,
    openSeverity1: tickets.openSeverity1,
    priceFaults,
    termsAsked: wishes.conditions !== null,
    discountOver: Math.max(0, wishes.discountPercent - wishes.approvedDiscountPercent),
    ...{ annualValue, rightPrice, annualPrice, discountPercent, offerNumber },
    unheard: message !== null && !isHeard(brief.answer.asksFor, quote, cancelRequestedOn),
    unsure: message !== null && !brief.confident,
  };
}

/** What would be offered, and the prices that it rests on. */
export interface Planned {
  offer: Offer;
  annualValue: number;
  rightPrice: number;
  priceFaults: PriceFault[];
  /** The contract is of a kind that the house has prices for. */
  known: boolean;
}

export const isThisTerm = (
  { customerId, termEnd }: { customerId: string; termEnd: string },
  subscription: Account['subscription'],
) => subscription?.customerId === customerId && subscription.termEnd === termEnd;

/** Whether what the customer writes is among what the quote and the records hold already. */
function isHeard(
  asksFor: Brief['answer']['asksFor'],
  quote: Request['quote'],
  cancelRequestedOn: string | null,
): boolean {
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

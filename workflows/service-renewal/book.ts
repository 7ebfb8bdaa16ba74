import { approvalFor } from '../../core/run/approval.ts';
import { daysBetween } from '../../rules/dates.ts';
import { sourcesOf } from './account.ts';
import { isThisTerm } from './facts.ts';
import { renewalOn } from './terms.ts';
import type { Offer, Packet, Request, Verbs } from './types.ts';

/** Books what the customer accepted, if the records still bear it out; else a person looks at it first. */
export async function book(
  offered: Offer,
  request: Request,
  packet: Packet & { annualValue: number },
  { assemble, check, handOff, act }: Pick<Verbs, 'assemble' | 'check' | 'handOff' | 'act'>,
  today: string,
) {
  const { subscription, price } = await assemble(sourcesOf(request));
  const renewal = renewalOn(offered);
  const { subscriptionId, annualPrice, currency } = renewal;
  const facts = {
    thisTerm: isThisTerm(request, subscription),
    priceStands: price?.annualPrice === packet.annualValue,
    daysLate: daysBetween(offered.answerBy, today),
  };
  const ruling = await check.booking(facts, renewal);
  const decision = await approvalFor(ruling, { review: () => handOff.confirm(packet, renewal) });
  if (decision.verdict !== 'approved') return { because: decision.because };

  // The price first: a booking tells billing to invoice at the price in force.
  if (annualPrice !== price?.annualPrice) await act.changePrice({ subscriptionId, annualPrice, currency }, decision);
  const { bookingId } = await act.bookRenewal(renewal, decision);
  return { booked: { ...renewal, bookingId } };
}

import { approvedBy } from '../../core/run/approval.ts';
import type { Steps } from '../../core/run/steps.ts';
import { daysBetween } from '../../rules/dates.ts';
import type { definition } from './definition.ts';
import { type Account, isThisTerm, type Packet, renewalOn, type Request, type Terms } from './plan.ts';

/** Books what the customer accepted, if the records still bear it out; else a person looks at it first. */
export async function book(
  offered: Terms<'offer'>,
  { subscription, price }: Pick<Account, 'subscription' | 'price'>,
  packet: Packet & { request: Request; annualValue: number },
  { check, handOff, act }: Pick<Steps<typeof definition>, 'check' | 'handOff' | 'act'>,
  today: string,
) {
  const renewal = renewalOn(offered);
  const { subscriptionId, annualPrice, currency } = renewal;
  const ruling = await check.booking(
    {
      thisTerm: isThisTerm(packet.request, subscription),
      priceStands: price?.annualPrice === packet.annualValue,
      daysLate: daysBetween(offered.answerBy, today),
    },
    renewal,
  );
  const leave = ruling.verdict === 'allow' ? approvedBy(ruling) : await handOff.confirm(packet, renewal);
  if (leave.verdict !== 'approved') return { because: leave.because };

  // The price first: a booking tells billing to invoice at the price in force.
  if (annualPrice !== price?.annualPrice) await act.changePrice({ subscriptionId, annualPrice, currency }, leave);
  const { bookingId } = await act.bookRenewal(renewal, leave);
  return { booked: { ...renewal, bookingId } };
}

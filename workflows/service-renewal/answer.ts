import { approvedBy } from '../../core/run/approval.ts';
import type { Clock } from '../../core/run/clock.ts';
import { addDays, daysBetween } from '../../rules/dates.ts';
import { sourcesOf } from './account.ts';
import { isThisTerm } from './facts.ts';
import type { Offer, Request, Verbs } from './types.ts';

/** The customer's answer to an offer; none, once its day has passed. Until then they are reminded when the rules say so. */
export function answerTo(
  { subscriptionId, termEnd, offerNumber, answerBy }: Offer,
  request: Request,
  { receive, assemble, check, act }: Pick<Verbs, 'receive' | 'assemble' | 'check' | 'act'>,
  { today }: Pick<Clock, 'today'>,
) {
  const which = { subscriptionId, termEnd, offerNumber };
  const offeredOn = today();

  const remind = async (day: string) => {
    const daysLeft = daysBetween(day, answerBy);
    const justOffered = day === offeredOn;
    const thisTerm = justOffered || isThisTerm(request, (await assemble(sourcesOf(request))).subscription);
    const reminder = { ...which, answerBy, letter: `Our offer is open until ${answerBy}.` };
    const due = await check.reminding({ daysLeft, justOffered, thisTerm }, { ...reminder, daysLeft });
    if (due.verdict === 'allow') await act.remindCustomer(reminder, approvedBy(due));
    const { nextDaysLeft } = due.outputs;
    return nextDaysLeft > 0 && nextDaysLeft < daysLeft ? addDays(answerBy, -nextDaysLeft) : undefined;
  };
  return receive.answer(which, { until: answerBy, reminders: { from: offeredOn, remind } });
}

import { sleep } from '@temporalio/workflow';
import { approvedBy } from '../../core/run/approval.ts';
import type { Case, Steps } from '../../core/run/steps.ts';
import { addDays, daysBetween } from '../../rules/dates.ts';
import type { definition } from './definition.ts';
import type { Terms } from './plan.ts';

/** The customer's answer to an offer; none, once its day has passed. Until then they are reminded when the rules say so. */
export async function answerTo(
  { subscriptionId, termEnd, offerNumber, answerBy }: Terms<'offer'>,
  { receive, check, act }: Pick<Steps<typeof definition>, 'receive' | 'check' | 'act'>,
  { now, today }: Pick<Case, 'now' | 'today'>,
  /** Reads again whether the term is still to be renewed. */
  isStillDue: () => Promise<boolean>,
) {
  const which = { subscriptionId, termEnd, offerNumber };
  let answered = false;
  const answer = receive.answer(which, { until: answerBy }).finally(() => (answered = true));
  answer.catch(() => undefined); // a case that is cancelled meanwhile may no longer look at it

  let daysLeft = daysBetween(today(), answerBy);
  for (let justOffered = true; ; justOffered = false) {
    const thisTerm = justOffered || (await isStillDue());
    const reminder = { ...which, answerBy, letter: `Our offer is open until ${answerBy}.` };
    const due = await check.reminding({ daysLeft, justOffered, thisTerm }, { ...reminder, daysLeft });
    if (due.verdict === 'allow') await act.remindCustomer(reminder, approvedBy(due));
    const { nextDaysLeft } = due.outputs;
    if (nextDaysLeft <= 0 || nextDaysLeft >= daysLeft) return answer;
    daysLeft = nextDaysLeft;
    const moment = Date.parse(addDays(answerBy, -daysLeft)) - Date.parse(now());
    await Promise.race([answer, sleep(Math.max(1, moment))]);
    if (answered) return answer;
  }
}

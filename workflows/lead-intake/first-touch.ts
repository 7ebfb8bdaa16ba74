import { sleep } from '@temporalio/workflow';
import { approvedBy } from '../../core/run/approval.ts';
import type { Case } from '../../core/run/steps.ts';
import { assign, type Turn } from './assign.ts';
import type { Route } from './candidates.ts';
import { sourcesOf } from './look.ts';
import { minutesBetween, plusMinutes } from './times.ts';
import type { LeadSteps, Received } from './types.ts';

/** Waits until somebody has answered the lead; whoever lets their time pass is reminded, then another has it. */
export async function firstTouch(
  lead: Received,
  route: Route,
  given: Turn,
  since: string,
  steps: LeadSteps,
  theCase: Case,
) {
  const { leadId, tier } = route;
  const had = [given.owner];
  for (let turn: Turn | undefined = given, from = since; turn; from = theCase.now()) {
    const { owner, queued } = turn;
    const { minutes, remindMinutesBefore } = (await steps.check.firstTouch({ queued, tier }, { leadId })).outputs;
    const dueAt = plusMinutes(from, minutes);
    const touch = await touchOf(lead, { leadId, owner, dueAt }, remindMinutesBefore, steps, theCase);
    if (touch) {
      const { touchedBy } = touch;
      return { owner, touchedBy, minutes: minutesBetween(theCase.openedAt, theCase.now()), inTime: had.length === 1 };
    }
    if (queued) return undefined;
    await steps.assemble(sourcesOf(lead)); // time has passed: no write rests on what was true before
    turn = await assign(route, had, steps, theCase);
    if (turn) had.push(turn.owner);
  }
}

/** The first touch, none once it is due; shortly before, whose turn it is is reminded. */
async function touchOf(
  lead: Received,
  reminder: { leadId: string; owner: string; dueAt: string },
  remindMinutesBefore: number,
  { assemble, receive, check, act }: Pick<LeadSteps, 'assemble' | 'receive' | 'check' | 'act'>,
  { now }: Pick<Case, 'now'>,
) {
  const { leadId, dueAt } = reminder;
  let over = false;
  const touch = receive.touched({ leadId }, { until: dueAt }).finally(() => (over = true));
  touch.catch(() => undefined); // a case that is cancelled meanwhile may no longer look at it

  const moment = Date.parse(plusMinutes(dueAt, -remindMinutesBefore)) - Date.parse(now());
  await Promise.race([touch, sleep(Math.max(1, moment))]);
  if (over) return touch;
  await Promise.race([touch, assemble(sourcesOf(lead))]); // records that cannot be had keep nobody who has answered
  if (over) return touch;
  const due = await check.reminding({ minutesLeft: minutesBetween(now(), dueAt) }, reminder);
  if (due.verdict === 'allow') await act.remindOwner(reminder, approvedBy(due));
  return touch;
}

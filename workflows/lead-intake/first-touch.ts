import { approvedBy } from '../../core/run/approval.ts';
import { again } from '../../core/run/rounds.ts';
import type { Case } from '../../core/run/steps.ts';
import { minutesBetween, plusMinutes } from '../../rules/dates.ts';
import { assign, type Turn } from './assign.ts';
import { sourcesOf } from './look.ts';
import type { Route } from './route.ts';
import type { Lead, Verbs } from './types.ts';

/** Waits until somebody has answered the lead; whoever lets their time pass is reminded, then another has it. */
export function firstTouch(lead: Lead, route: Route, given: Turn, since: string, steps: Verbs, theCase: Case) {
  const { leadId, tier } = route;
  const first = { turn: given, from: since, had: [given.owner] };

  const next = async ({ turn: { owner, queued }, from, had }: typeof first) => {
    const { minutes, remindMinutesBefore } = (await steps.check.firstTouch({ queued, tier }, { leadId })).outputs;
    const dueAt = plusMinutes(from, minutes);
    const touch = await touchOf(lead, { leadId, owner, dueAt }, remindMinutesBefore, steps, theCase);
    if (touch) {
      const minutesToTouch = minutesBetween(theCase.openedAt, theCase.now());
      return { owner, touchedBy: touch.touchedBy, minutes: minutesToTouch, inTime: had.length === 1 };
    }
    if (queued) return undefined;
    await steps.assemble(sourcesOf(lead)); // time has passed: no write rests on what was true before
    const turn = await assign(route, had, steps, theCase);
    return turn && again({ turn, from: theCase.now(), had: [...had, turn.owner] });
  };
  return steps.rounds.turn(first, next, () => undefined);
}

/** The first touch, none once it is due; shortly before, whose turn it is is reminded. */
function touchOf(
  lead: Lead,
  reminder: { leadId: string; owner: string; dueAt: string },
  remindMinutesBefore: number,
  { assemble, receive, check, act }: Pick<Verbs, 'assemble' | 'receive' | 'check' | 'act'>,
  { now }: Pick<Case, 'now'>,
) {
  const { leadId, dueAt } = reminder;
  const remind = async () => {
    await assemble(sourcesOf(lead));
    const due = await check.reminding({ minutesLeft: minutesBetween(now(), dueAt) }, reminder);
    if (due.verdict === 'allow') await act.remindOwner(reminder, approvedBy(due));
    return undefined;
  };
  return receive.touched(
    { leadId },
    { until: dueAt, reminders: { from: plusMinutes(dueAt, -remindMinutesBefore), remind } },
  );
}

import { again } from '../../core/run/rounds.ts';
import type { Case } from '../../core/run/steps.ts';
import { seekApproval } from './seek-approval.ts';
import type { Grant, Request, Verbs } from './types.ts';

/**
 * Holds a grant until its last day, where it has one, or until the person leaves. Meanwhile it may be extended, as often as
 * whoever asked wishes. Answers why they left, if they did, the last day by then, and whether the access was taken back.
 */
export async function holdGrant(grant: Grant, request: Request, steps: Verbs, theCase: Case) {
  const { receive, act, compensate } = steps;
  const { requestId, employeeId, until } = grant;
  const extensions: Grant[] = [];

  // Each extension is approved anew. While that is being decided, the time goes on. After as many as are declared it is over at its end.
  const extending = (first: string) => (putOff: (until: string) => void) => {
    const extend = async (heldUntil: string) => {
      const wish = await receive.extension({ requestId }, { until: heldUntil });
      if (!wish) return undefined;
      const longer = { ...grant, until: wish.endsOn };
      const asked = { request: { ...request, reason: wish.reason }, grant: longer, heldUntil };
      const answer = await seekApproval(asked, steps, theCase);
      if (answer.verdict !== 'approved') return again(heldUntil);
      await act.extendGrant(longer, answer.approval);
      extensions.push(longer);
      putOff(longer.until);
      return again(longer.until);
    };
    return steps.rounds.extension(first, extend, () => undefined);
  };
  const left = await receive.left({ employeeId }, until === null ? {} : { until, meanwhile: extending(until) });

  const because = left?.because ?? 'time-up';
  const ended = { left, because, until: extensions.at(-1)?.until ?? until };
  // Access ends first, then what the register says of it: who still has access stays in the register.
  if ((await compensate.grantRole(because)) !== 'compensated') return { ...ended, takenBack: false };
  for (const _ of extensions) await compensate.extendGrant(because);
  await compensate.enterGrant(because);
  return { ...ended, takenBack: true };
}

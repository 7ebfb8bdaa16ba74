import type { Case } from '../../core/run/steps.ts';
import { seekLeave } from './leave.ts';
import type { Request, S, Terms } from './types.ts';

/**
 * Holds a grant until its last day, where it has one, or until the person leaves. It may be extended, which is approved anew;
 * while that is being decided, the time goes on.
 */
export async function holdGrant(grant: Terms<'grant'>, request: Request, steps: S, theCase: Case) {
  const { receive, act, compensate } = steps;
  const { requestId, employeeId } = grant;
  let { until } = grant;
  let extensions = 0;

  const timeUpOrLeft = async (): Promise<{ because?: string }> => {
    for (;;) {
      const end = until;
      const left = await receive.left({ employeeId }, end === null ? {} : { until: end });
      if (left || (end !== null && end === until)) return left ?? {};
    }
  };
  const ended = timeUpOrLeft();
  ended.catch(() => undefined); // a case that is cancelled meanwhile may no longer look at it
  const over = ended.then(() => undefined);
  over.catch(() => undefined);

  while (until !== null) {
    const wish = await Promise.race([over, receive.extension({ requestId }, { until })]);
    if (!wish) break;
    const longer = { ...grant, until: wish.endsOn };
    const leave = await Promise.race([
      over,
      seekLeave(longer, { ...request, reason: wish.reason }, steps, theCase, true),
    ]);
    if (!leave) break;
    if (leave.answer !== 'approved') continue;
    await act.extendGrant(longer, leave.approval);
    until = longer.until;
    extensions += 1;
  }

  const { because } = await ended;
  const why = because ?? 'time-up';
  await compensate.grantRole(why);
  for (; extensions > 0; extensions -= 1) await compensate.extendGrant(why);
  await compensate.enterGrant(why);
  return { left: because, until };
}

import type { Case } from '../../core/steps.ts';
import { seekLeave } from './leave.ts';
import type { Request, S, Terms } from './types.ts';

/**
 * Holds a grant until its last day, or until the person leaves. It may be extended, which is approved anew; while that is being
 * decided, the time goes on.
 */
export async function holdUntilItsEnd(grant: Terms<'grant'>, request: Request, steps: S, theCase: Case) {
  const { receive, act, takeBack } = steps;
  const { requestId, employeeId, roleId } = grant;
  let until = grant.until!;
  let extensions = 0;

  const timeUpOrLeft = async (): Promise<{ because?: string }> => {
    for (;;) {
      const end = until;
      const left = await receive.left({ employeeId, roleId }, { until: end });
      if (left || end === until) return left ?? {};
    }
  };
  const ended = timeUpOrLeft();
  ended.catch(() => undefined); // a case that is cancelled meanwhile may no longer look at it
  const over = ended.then(() => undefined);
  over.catch(() => undefined);

  for (;;) {
    const end = until;
    const wish = await Promise.race([over, receive.extension({ requestId }, { until: end })]);
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
  await takeBack.grantRole(why);
  for (; extensions > 0; extensions -= 1) await takeBack.extendGrant(why);
  await takeBack.enterGrant(why);
  return { left: because, until };
}

import { z } from 'zod';
import { event } from '../../core/declare/define.ts';
import { Day, DirectoryName, Reference, text } from '../../core/declare/values.ts';

const byRequest = z.object({ requestId: Reference });

export const events = {
  /** Whoever asked chooses a role; it need not be one of those that were proposed. */
  roleChosen: event({ by: byRequest, gives: z.object({ roleId: Reference }), within: '14 days' }),
  /** The directory of people has somebody now who may decide. */
  approverAppointed: event({ by: byRequest, gives: z.object({}), within: '30 days' }),
  /** The person has left, or must have no more access for another reason: every grant of theirs ends. */
  left: event({
    by: z.object({ employeeId: DirectoryName }),
    gives: z.object({ because: text(500).default('left') }),
    within: '4000 days',
    reaches: 'every case',
  }),
  /** Whoever asked asks for longer. */
  extension: event({
    by: byRequest,
    gives: z.object({ endsOn: Day, reason: text(2_000) }),
    within: '4000 days',
  }),
};

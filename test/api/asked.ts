import type { Pool } from 'pg';
import { askOwner } from '../../activities/handoffs.ts';
import { registerCase } from '../../store/cases.ts';
import { findHandoff, type StoredHandoff } from '../../store/handoffs.ts';
import { request } from './world.ts';

type Question = Parameters<typeof askOwner>[1];

/** A handoff of a case of its own, opened under a contract of business time as an activity opens it. */
export async function asked(
  pool: Pool,
  requestId: string,
  { asOf, ...question }: Partial<Question> & { asOf?: string } = {},
): Promise<StoredHandoff> {
  const caseId = `refund/${requestId}`;
  const opening = { caseId, process: 'refund', businessKey: requestId, runId: `run-${requestId}`, requester: 'rita' };
  const clock = asOf === undefined ? {} : { asOf: new Date(asOf) };
  await registerCase(pool, { ...opening, request: request(requestId), ...clock });
  const id = `${caseId}/review-1`;
  await askOwner({ pool } as Parameters<typeof askOwner>[0], {
    ...{ id, caseId, process: 'refund', name: 'review', owner: 'support-leads', escalateTo: 'support-managers' },
    ...{ packet: {}, answerWithin: '4 business hours', expiresAfter: '3 business days' },
    ...question,
  });
  return (await findHandoff(pool, id))!;
}

/** A calendar that is worked by at every hour of every day. */
export const always = {
  owner: 'people-operations',
  zone: 'UTC',
  hours: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, ['00:00-24:00']]),
  ),
};

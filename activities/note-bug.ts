import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { placeOfFault } from '../environment/fault.ts';
import { addStuck } from '../store/stuck.ts';
import type { Dependencies } from './dependencies.ts';

/** So often that it is no accident. */
const often = 3;

/** A step that fails again and again otherwise than activities are meant to is a bug of ours: whoever looks at the case sees it. */
export async function noteBug({ pool }: Dependencies, step: object, error: unknown): Promise<void> {
  const { info } = Context.current();
  const { caseId } = step as { caseId?: string };
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return;
  if (info.isLocal || info.attempt < often || caseId === undefined) return;
  const since = new Date(info.scheduledTimestampMs);
  const stuck = { caseId, since, error: placeOfFault(error), step: info.activityType };
  await addStuck(pool, stuck).catch(() => undefined); // where the store is what fails, it is seen by that
}

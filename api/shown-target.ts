import { z } from 'zod';
import { bounds, type Target } from '../store/targets.ts';

/** A target as whoever may see the scorecard does: nobody's name. */
export const TargetShown = z.object({
  process: z.string(),
  measure: z.string(),
  bound: z.enum(bounds),
  value: z.number().describe('In the unit of the measure'),
  overDays: z.int(),
  of: z.record(z.string(), z.string()).describe('Which figures it is about; all of them where it is empty'),
  because: z.string(),
  at: z.iso.datetime().describe('Since when it holds'),
  missed: z
    .object({ since: z.iso.datetime(), handoffId: z.string() })
    .nullable()
    .describe("Since when it is missed, and the owner's task; null while it is kept"),
});

export const isSet = (target: Target): target is Target & { value: number } => target.value !== null;

export const showTarget = (target: Target & { value: number }): z.output<typeof TargetShown> => {
  const { process, measure, bound, value, overDays, of, because, at, alarm } = target;
  const missed = alarm && { since: new Date(alarm.since).toISOString(), handoffId: alarm.handoffId };
  return { process, measure, bound, value, overDays, of, because, at: at.toISOString(), missed };
};

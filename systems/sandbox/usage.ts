import { z } from 'zod';
import { Reference } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const UsageBody = z.object({ subscriptionId: Reference, usagePercent: z.int().min(0) });
export const Usage = kind('usage.usage', 'subscriptionId', UsageBody);

export const usage: SystemOfRecord = {
  name: 'usage',
  kinds: [Usage],
  reads: {
    /** How much of the purchased volume is used; null where nothing was ever measured. */
    ofSubscription: operation(
      z.strictObject({ subscriptionId: z.string() }),
      async ({ subscriptionId }, records) => (await records.get(Usage, subscriptionId)) ?? null,
    ),
  },
  writes: {},
};

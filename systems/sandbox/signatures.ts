import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const ClearInput = z.object({
  contractId: Reference,
  counterparty: Reference,
  round: z.int().min(1),
  draft: Reference,
  annualValue: Cents,
  currency: Currency,
  redlines: z.array(z.record(z.string(), z.unknown())),
});
const Clearance = kind('signatures.clearances', 'clearanceId', ClearInput.extend({ clearanceId: Reference }));

export const signatures: SystemOfRecord = {
  name: 'signatures',
  kinds: [Clearance],
  reads: {},
  writes: {
    clear: operation(ClearInput, async (input, records) => {
      const clearanceId = newId('CLR');
      records.put(Clearance, { ...input, clearanceId });
      return { clearanceId };
    }),
    revoke: operation(
      z.object({ result: z.object({ clearanceId: Reference }) }),
      async ({ result: { clearanceId } }, records) => {
        records.remove(Clearance, await existing(records, Clearance, clearanceId, 'clearance'));
        return { clearanceId };
      },
    ),
  },
};

import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';

const SendInput = z.object({
  contractId: Reference,
  counterparty: Reference,
  round: z.int().min(1),
  draft: Reference,
  redlines: z.array(
    z.object({ id: Reference, deviation: text(100), clause: text(40), wordingId: Reference, wording: text(5_000) }),
  ),
});
const Sent = kind('negotiations.sent', 'redlinesId', SendInput.extend({ redlinesId: Reference }));

export const negotiations: SystemOfRecord = {
  name: 'negotiations',
  kinds: [Sent],
  reads: {},
  writes: {
    sendRedlines: operation(SendInput, async (input, records) => {
      if (input.redlines.length === 0) throw new Refusal('redlines-missing', 'There are no redlines to send.');
      const redlinesId = newId('RED');
      records.put(Sent, { ...input, redlinesId });
      return { redlinesId };
    }),
    withdrawRedlines: operation(
      z.object({ result: z.object({ redlinesId: Reference }) }),
      async ({ result: { redlinesId } }, records) => {
        records.remove(Sent, await existing(records, Sent, redlinesId, 'redlines'));
        return { redlinesId };
      },
    ),
  },
};

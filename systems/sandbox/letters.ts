import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, newId, operation, type SystemOfRecord } from './declare.ts';

const LetterInput = z.object({ claimId: Reference, letter: text(20_000).min(1) });
const Letter = kind('letters.letters', 'letterId', LetterInput.extend({ letterId: Reference }));

export const letters: SystemOfRecord = {
  name: 'letters',
  kinds: [Letter],
  reads: {},
  writes: {
    send: operation(LetterInput, async (input, records) => {
      const letterId = newId('LTR');
      records.put(Letter, { ...input, letterId });
      return { letterId };
    }),
  },
};

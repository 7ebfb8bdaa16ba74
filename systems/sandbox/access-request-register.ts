import { z } from 'zod';
import { Reference, text } from '../../core/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const Subject = kind('accessRequestRegister.subjects', 'subject', z.object({ subject: Reference, status: text(100) }));

const EntryInput = z.object({ subject: Reference, note: text(2_000) });
const Entry = kind('accessRequestRegister.entries', 'entryId', EntryInput.extend({ entryId: Reference }));

export const accessRequestRegister: SystemOfRecord = {
  name: 'accessRequestRegister',
  kinds: [Subject, Entry],
  reads: {
    find: operation(
      z.strictObject({ subject: z.string() }),
      async ({ subject }, records) => (await records.get(Subject, subject)) ?? null,
    ),
  },
  writes: {
    enter: operation(EntryInput, async (input, records) => {
      await existing(records, Subject, input.subject, 'subject');
      const entryId = newId('ENT');
      records.put(Entry, { ...input, entryId });
      return { entryId };
    }),
    strike: operation(z.object({ result: z.object({ entryId: Reference }) }), async ({ result }, records) => {
      records.remove(Entry, await existing(records, Entry, result.entryId, 'entry'));
      return { entryId: result.entryId };
    }),
  },
};

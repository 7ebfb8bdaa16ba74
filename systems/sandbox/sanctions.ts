import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

/** Names are compared whole and without regard to case, accents and all. */
const byName = (name: string) => `name:${name.toLowerCase()}`;

const Entry = kind(
  'sanctions.entries',
  'entryId',
  z.object({ entryId: Reference, name: text(500), list: text(200) }),
  ({ name }) => [byName(name)],
);

export const sanctions: SystemOfRecord = {
  name: 'sanctions',
  kinds: [Entry],
  reads: {
    screen: operation(z.strictObject({ name: z.string() }), async ({ name }, records) => ({
      hits: await records.having(Entry, byName(name)),
    })),
  },
  writes: {},
};

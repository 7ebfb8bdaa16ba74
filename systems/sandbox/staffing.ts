import { z } from 'zod';
import { directoryName } from '../../rules/canonical.ts';
import { Day, Reference } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const Representative = kind(
  'staffing.representatives',
  'person',
  z.object({
    person: Reference,
    openLeads: z.int().min(0),
    /** How many open leads they can look after. */
    capacity: z.int().min(0),
    /** The last day of their absence. */
    absentUntil: Day.nullable(),
  }),
  () => [],
  directoryName,
);

export const staffing: SystemOfRecord = {
  name: 'staffing',
  kinds: [Representative],
  reads: {
    /** Of these people, those that it has an entry for. */
    availabilityOf: operation(z.strictObject({ people: z.array(z.string()) }), ({ people }, records) =>
      records.getAll(Representative, people),
    ),
  },
  writes: {},
};

import { z } from 'zod';
import { Cents, Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const PolicyBody = z.object({
  policyNumber: Reference,
  lineOfBusiness: text(200),
  insured: text(500),
  state: text(100),
  newBusiness: z.boolean(),
  effectiveDate: z.iso.date(),
  expirationDate: z.iso.date(),
  cancelledOn: z.iso.date().nullable(),
  limit: Cents,
  deductible: Cents,
  exclusions: z.array(text(200)),
});
const Policy = kind('policies.policies', 'policyNumber', PolicyBody);

export const policies: SystemOfRecord = {
  name: 'policies',
  kinds: [Policy],
  reads: {
    find: operation(
      z.strictObject({ policyNumber: z.string() }),
      async ({ policyNumber }, records) => (await records.get(Policy, policyNumber)) ?? null,
    ),
  },
  writes: {},
};

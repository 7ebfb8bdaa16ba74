import { z } from 'zod';
import { directoryName } from '../../rules/canonical.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const RoleBody = z.object({
  roleId: Reference,
  name: text(200),
  description: text(2_000).nullable(),
  /** Nobody where it has none. */
  owner: Reference.nullable(),
  privileged: z.boolean(),
  /** For everybody who is employed. */
  birthright: z.boolean(),
  /** Jobs that it comes with. */
  jobCodes: z.array(text(50)),
  includes: z.array(Reference),
  resources: z.array(Reference),
  /** One that gives less of the same. */
  smaller: Reference.nullable(),
});
export const Role = kind('roleCatalogue.roles', 'roleId', RoleBody, () => ['all'], directoryName);

const ResourceBody = z.object({ resourceId: Reference, name: text(200), classification: text(100) });
export const Resource = kind('roleCatalogue.resources', 'resourceId', ResourceBody, () => ['all']);

/** Two roles that one person never holds both. */
const PairBody = z.object({ pairId: Reference, roles: z.tuple([Reference, Reference]), because: text(500) });
export const Pair = kind('roleCatalogue.pairs', 'pairId', PairBody, () => ['all']);

export const roleCatalogue: SystemOfRecord = {
  name: 'roleCatalogue',
  kinds: [Role, Resource, Pair],
  reads: {
    role: operation(
      z.strictObject({ roleId: z.string() }),
      async ({ roleId }, records) => (await records.get(Role, roleId)) ?? null,
    ),
    catalogue: operation(z.strictObject({}), async (_, records) => ({
      roles: await records.having(Role, 'all'),
      resources: await records.having(Resource, 'all'),
      pairs: await records.having(Pair, 'all'),
    })),
  },
  writes: {},
};

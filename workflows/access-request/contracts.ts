import { z } from 'zod';
import { Day, Reference, text } from '../../core/declare/values.ts';

/** Somebody needs access, or needs it no longer: a role; or what they want it for, in a resource or in their words. */
export const Request = z.strictObject({
  requestId: Reference.min(1),
  action: z.enum(['grant', 'revoke']),
  beneficiary: Reference,
  roleId: Reference.nullable().default(null),
  resourceId: Reference.nullable().default(null),
  words: text(5_000).nullable().default(null),
  /** The last day, or for how many days from today; none: without an end. */
  endsOn: Day.nullable().default(null),
  days: z.int().min(1).max(3_650).nullable().default(null),
  reason: text(2_000).nullable().default(null),
});

export const Person = z.object({
  employeeId: Reference,
  title: z.string().nullable(),
  jobCode: z.string().nullable(),
  kind: z.enum(['employee', 'contractor']),
  employment: z.string(),
  startsOn: Day.nullable(),
});
/** Who is above somebody. */
export const Line = z.object({
  manager: Reference.nullable(),
  managerIsThere: z.boolean(),
  managerAbove: Reference.nullable(),
  managerAboveIsThere: z.boolean(),
});
export const HeadOfSecurity = z.object({ employeeId: Reference.nullable() });

export const Role = z.object({
  roleId: Reference,
  name: z.string(),
  description: z.string().nullable(),
  owner: Reference.nullable(),
  privileged: z.boolean(),
  birthright: z.boolean(),
  jobCodes: z.array(z.string()),
  includes: z.array(Reference),
  resources: z.array(Reference),
  smaller: Reference.nullable(),
});
const Resource = z.object({ resourceId: Reference, classification: z.string() });
const Pair = z.object({ roles: z.tuple([Reference, Reference]), because: z.string() });
export const Catalogue = z.object({ roles: z.array(Role), resources: z.array(Resource), pairs: z.array(Pair) });

export const Memberships = z.object({ active: z.boolean(), roleIds: z.array(Reference) });
export const DutyException = z.object({
  employeeId: Reference,
  roles: z.tuple([Reference, Reference]),
  reason: z.string(),
  approvedBy: Reference,
  validUntil: Day,
});

export const Membership = z.strictObject({ employeeId: Reference, roleId: Reference });
export const Removal = Membership.extend({ requestId: Reference });
/** With its last day, or without an end. */
export const Grant = Removal.extend({ until: Day.nullable() });
export const Proposal = z.strictObject({ requestId: Reference, roleIds: z.array(Reference) });

export const Packet = z.object({
  request: Request,
  person: Person,
  role: Role,
  held: z.array(Reference),
  conflicts: z.array(Pair),
  exceptions: z.array(DutyException),
  /** A role that gives less of the same: would it do? */
  smaller: Reference.nullable(),
  extends: z.boolean(),
  rule: z.string(),
});

import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Day, Reference } from '../../core/declare/values.ts';

export const Person = z.object({
  employeeId: Reference,
  name: z.string().nullable().default(null),
  title: z.string().nullable(),
  jobCode: z.string().nullable(),
  kind: z.enum(['employee', 'contractor']),
  employment: z.string(),
  startsOn: Day.nullable(),
});
/** Who is above somebody. */
const Line = z.object({
  manager: Reference.nullable(),
  managerIsThere: z.boolean(),
  managerAbove: Reference.nullable(),
  managerAboveIsThere: z.boolean(),
});

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
  /** A role that gives less of the same. */
  smaller: Reference.nullable(),
});
const Resource = z.object({ resourceId: Reference, classification: z.string() });
/** Two roles that one person never holds. */
export const Pair = z.object({ roles: z.tuple([Reference, Reference]), because: z.string() });

/** A pair that this person may hold all the same. */
export const DutyException = z.object({
  employeeId: Reference,
  roles: z.tuple([Reference, Reference]),
  reason: z.string(),
  approvedBy: Reference,
  validUntil: Day,
});

const byEmployee = z.object({ employeeId: Reference });

export const sources = {
  person: source({
    reads: 'hr.employee',
    owner: 'people-operations',
    maxAge: '24 hours',
    by: byEmployee,
    gives: Person.nullable(),
  }),
  /** Who asks. */
  requester: source({
    reads: 'hr.employee',
    owner: 'people-operations',
    maxAge: '24 hours',
    by: byEmployee,
    gives: Person.nullable(),
  }),
  line: source({ reads: 'hr.lineOf', owner: 'people-operations', maxAge: '24 hours', by: byEmployee, gives: Line }),
  headOfSecurity: source({
    reads: 'hr.headOfSecurity',
    owner: 'people-operations',
    maxAge: '24 hours',
    by: z.object({}),
    gives: z.object({ employeeId: Reference.nullable() }),
  }),
  role: source({
    reads: 'roleCatalogue.role',
    owner: 'identity-governance',
    maxAge: '24 hours',
    by: z.object({ roleId: Reference }),
    gives: Role.nullable(),
  }),
  catalogue: source({
    reads: 'roleCatalogue.catalogue',
    owner: 'identity-governance',
    maxAge: '24 hours',
    by: z.object({}),
    gives: z.object({ roles: z.array(Role), resources: z.array(Resource), pairs: z.array(Pair) }),
  }),
  memberships: source({
    reads: 'directory.membershipsOf',
    owner: 'directory-operations',
    maxAge: '15 minutes',
    by: byEmployee,
    gives: z.object({ active: z.boolean(), roleIds: z.array(Reference) }).nullable(),
  }),
  exceptions: source({
    reads: 'accessRegister.exceptionsOf',
    owner: 'security-operations',
    maxAge: '1 hours',
    by: byEmployee,
    gives: z.array(DutyException),
  }),
};

import { z } from 'zod';
import { directoryName } from '../../rules/canonical.ts';
import { Day, Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type Records, type SystemOfRecord } from './declare.ts';

const EmployeeBody = z.object({
  employeeId: Reference,
  name: text(200),
  title: text(200).nullable(),
  jobCode: text(50).nullable(),
  department: text(100).nullable(),
  kind: z.enum(['employee', 'contractor']),
  employment: z.enum(['active', 'on_leave', 'suspended', 'terminated']),
  /** None where they have started. */
  startsOn: Day.nullable(),
  manager: Reference.nullable(),
  managerAbove: Reference.nullable(),
});
type Employee = z.output<typeof EmployeeBody>;

const byTitle = (title: string) => `title:${title}`;

export const Employee = kind(
  'hr.employees',
  'employeeId',
  EmployeeBody,
  ({ title }) => (title === null ? [] : [byTitle(title)]),
  directoryName,
);

const Which = z.strictObject({ employeeId: z.string() });

const find = async (employeeId: string | null, records: Records): Promise<Employee | undefined> =>
  employeeId === null ? undefined : records.get(Employee, employeeId);

export const hr: SystemOfRecord = {
  name: 'hr',
  kinds: [Employee],
  reads: {
    employee: operation(Which, async ({ employeeId }, records) => (await find(employeeId, records)) ?? null),

    /** Who is above somebody, and whether they are there to decide. */
    lineOf: operation(Which, async ({ employeeId }, records) => {
      const { manager = null, managerAbove = null } = (await find(employeeId, records)) ?? {};
      const isThere = async (who: string | null) => (await find(who, records))?.employment === 'active';
      return {
        ...{ employeeId, manager, managerAbove },
        managerIsThere: await isThere(manager),
        managerAboveIsThere: await isThere(managerAbove),
      };
    }),

    headOfSecurity: operation(z.strictObject({}), async (_, records) => {
      const [head] = await records.having(Employee, byTitle('Head of Security'));
      return { employeeId: head?.employeeId ?? null };
    }),
  },
  writes: {},
};

/** Today of every case here. */
export const asOf = new Date('2027-03-02T09:00:00Z');
export const employeeId = 'E-1';
export const roleId = 'reports-reader';

const employee = (id: string, changes: object = {}) => ({
  ...{
    employeeId: id,
    name: id,
    title: null as string | null,
    jobCode: null as string | null,
    department: 'accounting',
  },
  ...{ kind: 'employee', employment: 'active', startsOn: null as string | null },
  ...{ manager: null as string | null, managerAbove: null as string | null },
  ...changes,
});
const role = (id: string, changes: object = {}) => ({
  ...{ roleId: id, name: id, description: null as string | null, owner: 'greta', privileged: false, birthright: false },
  ...{ jobCodes: [] as string[], includes: [] as string[], resources: ['reports'], smaller: null as string | null },
  ...changes,
});

export interface Changes {
  person?: object;
  role?: object;
  manager?: object;
  managerAbove?: object;
  head?: object;
  holds?: string[];
  exceptions?: object[];
  users?: string[];
  /** As the directory spells the groups and the users. */
  spelled?: (name: string) => string;
}

const same = (name: string) => name;

/** A good world for a request: one accountant with a manager, one above, a role with an owner, and nothing in the way. */
export const records = (changes: Changes = {}, id = employeeId) => {
  const { person, manager, managerAbove, head, holds = [], exceptions = [], users = [id], spelled = same } = changes;
  const roles = [
    role(roleId, { description: 'Read the monthly reports.', ...changes.role }),
    role('reports-publisher', {
      ...{ description: 'Publish the monthly reports.', smaller: roleId, includes: [roleId] },
    }),
    role('payroll-clerk', { resources: ['payroll'] }),
    role('payroll-auditor', { resources: ['payroll'] }),
    role('payroll-lead', { includes: ['payroll-clerk'], resources: [] }),
  ];
  return {
    hr: {
      employees: [
        employee(id, { jobCode: 'A20', manager: 'agnes', managerAbove: 'vidar', ...person }),
        employee('agnes', { manager: 'vidar', ...manager }),
        employee('vidar', managerAbove),
        employee('greta'),
        employee('sigrid', { title: 'Head of Security', ...head }),
      ],
    },
    roleCatalogue: {
      roles,
      resources: [
        { resourceId: 'reports', name: 'Reports', classification: 'Internal' },
        { resourceId: 'payroll', name: 'Payroll', classification: 'Restricted' },
      ],
      pairs: [{ pairId: 'payroll', roles: ['payroll-clerk', 'payroll-auditor'], because: 'enter and audit salaries' }],
    },
    accessRegister: { exceptions: exceptions.map((one) => ({ employeeId: id, ...one })), grants: [] as object[] },
    directory: {
      users: users.map((userName) => ({ userName: spelled(userName), active: true })),
      groups: roles.map((one) => ({
        displayName: spelled(one.roleId),
        members: holds.includes(one.roleId) ? [spelled(id)] : [],
      })),
    },
  };
};

export const request = (changes: object = {}) => ({
  ...{ action: 'grant', beneficiary: employeeId, roleId, reason: 'Quarterly closing, two more hands.' },
  ...changes,
});

/** Of whoever the good world is about, on its last day. */
export const exception = (changes: object = {}) => ({
  ...{ exceptionId: 'X-1', roles: ['payroll-auditor', 'payroll-clerk'], reason: 'a small team' },
  ...{ approvedBy: 'sigrid', validUntil: '2027-03-02' },
  ...changes,
});

import access from '../../../workflows/access-request/tables/access.json' with { type: 'json' };
import entitlement from '../../../workflows/access-request/tables/entitlement.json' with { type: 'json' };
import { kebab, nothing, type Observed, type Parameter, type SetTable } from '../set.ts';

interface Employee {
  employee_id: string;
  name: string;
  title: string | null;
  job_code: string | null;
  org: string | null;
  roles: string[];
  manager: string | null;
  manager_of_manager: string | null;
  employment: string;
  kind: string;
  starts_on?: string | null;
}

interface Event {
  action: 'grant' | 'revoke';
  requested_by: string;
  role_id: string;
  reason: string | null;
  end_date: string | null;
  beneficiary: string;
  text: string;
}

interface Records {
  beneficiary: Employee | null;
  exceptions: {
    employee_id: string;
    a: string;
    b: string;
    reason: string;
    approved_by: string;
    valid_until: string;
  }[];
}

interface Expected {
  label: string;
  decision: string;
  approvers: { step: string; employee_id: string | null; unresolved?: boolean }[];
  writes: { op: keyof typeof operations; role_id: string; employee_id: string; until?: string | null }[];
}

interface References {
  directory: {
    employees: Employee[];
    resources: { resource_id: string; name: string; classification: string }[];
    roles: {
      role_id: string;
      name: string;
      description: string | null;
      owner: string | null;
      privileged: boolean;
      birthright: boolean;
      job_codes: string[];
      includes: string[];
      resources: string[];
      smaller: string | null;
    }[];
    separation_of_duty: { a: string; b: string; note: string }[];
  };
  rules: Policy;
}

interface Policy {
  parameters: Record<string, unknown> & { today: string };
  rules: { label: string; decision: string; approvers: string | null }[];
}

const operations = { add_member: 'directory.addMember', remove_member: 'directory.removeMember' };
const steps: Record<string, string> = { manager: 'manager', role_owner: 'roleOwner', security: 'security' };
const verdicts: Record<string, string> = {
  ...{ deny: 'deny', no_action: 'unchanged', approve_chain: 'approve', return_to_requester: 'return', grant: 'allow' },
};

const askedAs = (step: string, who: string | undefined) => `${step} ${who}`;

export const accessRequests: SetTable<Event, Records, Expected, References> = {
  set: 'access-requests',
  process: 'access-request',
  references: { directory: 'access-requests/directory.json', rules: 'access-requests/policy-rules.json' },
  asOf: (_event, { rules }) => rules.parameters.today,

  request: ({ action, requested_by, role_id, reason, end_date, beneficiary, text }, requestId) => ({
    ...{ requestId, action, beneficiary, roleId: role_id, words: text, reason, endsOn: end_date },
    requestedBy: requested_by,
  }),

  records: ({ beneficiary, exceptions }, { directory }) => {
    const others = directory.employees.filter(({ employee_id }) => employee_id !== beneficiary?.employee_id);
    const employees = [...others, ...(beneficiary ? [beneficiary] : [])];
    return {
      hr: {
        employees: employees.map((one) => ({
          ...{ employeeId: one.employee_id, name: one.name, title: one.title, jobCode: one.job_code },
          ...{ department: one.org, kind: one.kind, employment: one.employment, startsOn: one.starts_on ?? null },
          ...{ manager: one.manager, managerAbove: one.manager_of_manager },
        })),
      },
      roleCatalogue: {
        roles: directory.roles.map((role) => ({
          ...{ roleId: role.role_id, name: role.name, description: role.description, owner: role.owner },
          ...{ privileged: role.privileged, birthright: role.birthright, jobCodes: role.job_codes },
          ...{ includes: role.includes, resources: role.resources, smaller: role.smaller },
        })),
        resources: directory.resources.map(({ resource_id: resourceId, name, classification }) => ({
          ...{ resourceId, name, classification },
        })),
        pairs: directory.separation_of_duty.map(({ a, b, note }) => ({
          ...{ pairId: `${a} ${b}`, roles: [a, b], because: note },
        })),
      },
      accessRegister: {
        exceptions: exceptions.map((one, n) => ({
          ...{ exceptionId: String(n), employeeId: one.employee_id, roles: [one.a, one.b], reason: one.reason },
          ...{ approvedBy: one.approved_by, validUntil: one.valid_until },
        })),
      },
      directory: {
        users: employees.map(({ employee_id: userName }) => ({ userName, active: true })),
        groups: directory.roles.map(({ role_id: displayName }) => ({
          displayName,
          members: employees.filter(({ roles }) => roles.includes(displayName)).map(({ employee_id }) => employee_id),
        })),
      },
    };
  },

  expects: ({ label, approvers, writes }, { action }) => {
    const open = approvers.findIndex(({ unresolved }) => unresolved);
    const answering = open < 0 ? approvers : approvers.slice(0, open);
    const called = answering.map(({ step, employee_id }) => askedAs(steps[step]!, employee_id!));
    const written = open < 0 ? writes : [];
    const grants = written.filter(({ op }) => op === 'add_member');
    return {
      ...nothing,
      asked: called,
      approvals: Object.fromEntries(called.map((name, n) => [name, answering[n]!.employee_id!])),
      rest: open >= 0 ? 'waiting for approverAppointed' : grants.length > 0 ? held : 'closed',
      writes: written.map(({ op, role_id: roleId, employee_id: employeeId }) => ({
        ...{ operation: operations[op], body: { roleId, employeeId } },
      })),
      ...(action === 'grant' ? { rule: kebab(label) } : {}),
      values: {
        ends: written.flatMap(({ op, until }) => (op === 'add_member' ? [until ?? null] : [])),
        ...(action === 'revoke' ? { removal: kebab(label) } : {}),
      },
    };
  },

  called: ({ name, owner }) =>
    owner === undefined ? name : askedAs(name === 'managerAbove' ? 'manager' : name, owner),
  deciding: 'access',
  // The register is entered beside the directory; the data has no such system.
  uncounted: ['accessRegister.enter'],

  values: (observed) => ({
    ends: observed.writes
      .filter(({ operation }) => operation === operations.add_member)
      .map(({ operation }) => observed.approvedFor[operation]?.['until'] ?? null),
    removal: lastRule(observed, 'removal'),
  }),

  parameters: ({ parameters, rules }: Policy) => {
    const { today: _, ...theirs } = parameters; // the clock of a case starts on it
    const ours: Record<string, unknown> = {
      privileged_max_days: only('privileged'),
      contractor_max_days: only('contractor'),
      min_justification_chars: Number(/^< (\d+)$/.exec(rowOf('justification-missing')?.when?.reasonLength ?? '')?.[1]),
    };
    const granted = rules.filter(({ label }) => label !== 'revoke');
    return [
      ...Object.entries(theirs).map(([name, value]): Parameter => ({ name, theirs: value, ours: ours[name] })),
      {
        name: 'decisions',
        theirs: granted.map(({ label, decision }) => [label, verdicts[decision]]).sort(),
        ours: granted.map(({ label }) => [label, rowOf(kebab(label))?.verdict]).sort(),
      },
      {
        name: 'approvers',
        theirs: granted
          .filter(({ decision }) => decision === 'approve_chain')
          .map(({ label, approvers }) => [label, approvers?.split(',').map((step) => steps[step])]),
        ours: granted
          .filter(({ decision }) => decision === 'approve_chain')
          .map(({ label }) => [label, rowOf(kebab(label))?.outputs?.approvers]),
      },
    ];
  },
};

/** A grant is held: until its end, for which its two waits begin one after the other, or until the person leaves. */
const held = ['extension, left', 'extension', 'left'].map((names) => `waiting for ${names}`);

interface AccessRow {
  rule: string;
  verdict: string;
  when?: Record<string, string | undefined>;
  outputs?: { approvers: string[] };
}
const rowOf = (rule: string): AccessRow | undefined => (access.rows as AccessRow[]).find((row) => row.rule === rule);

const only = (kind: string) => {
  const days = entitlement.rows.filter(({ rule }) => rule.startsWith(kind)).map(({ outputs }) => outputs.maxDays);
  return new Set(days).size === 1 ? days[0] : days;
};

const lastRule = ({ rulings }: Observed, policy: string) => rulings.findLast((one) => one.policy === policy)?.rule;

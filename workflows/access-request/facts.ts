import { isOneOfNames, isSameName } from '../../rules/canonical.ts';
import { addDays, daysBetween } from './dates.ts';
import { classesReached, expand, holds, newPairs, spelled } from './roles.ts';
import type { Facts, Records, Request, Step, Terms } from './types.ts';

type Grant = Terms<'grant'>;

export const grantOf = ({ requestId, beneficiary, endsOn, days }: Request, roleId: string, today: string): Grant => ({
  ...{ requestId, employeeId: beneficiary, roleId },
  until: endsOn ?? (days === null ? null : addDays(today, days)),
});

/** All that is read about a grant. */
export const sourcesOf = ({ employeeId, roleId }: Grant) => ({
  ...{ person: { employeeId }, line: { employeeId }, memberships: { employeeId }, exceptions: { employeeId } },
  ...{ role: { roleId }, catalogue: {}, headOfSecurity: {} },
});

export const entitlementFacts = ({ person, role }: Pick<Records, 'person' | 'role'>): Facts<'entitlement'> => ({
  privileged: role?.privileged ?? false,
  kind: person?.kind ?? 'contractor',
  birthright: role?.birthright ?? false,
  usualForJob: Boolean(person?.jobCode) && (role?.jobCodes.includes(person!.jobCode!) ?? false),
});

/** What the records say of a grant on this day. `extending`: the person holds the role by this very grant. */
export function accessFacts(
  { employeeId, roleId, until }: Grant,
  reason: string | null,
  records: Records,
  { verdict, outputs }: { verdict: 'usual' | 'asked'; outputs: { limited: boolean; maxDays: number } },
  today: string,
  extending: boolean,
) {
  const { person, role, memberships, catalogue } = records;
  const now =
    extending && memberships ? memberships.roleIds.filter((one) => !isSameName(one, roleId)) : memberships?.roleIds;
  const without = { ...records, memberships: memberships && { ...memberships, roleIds: now ?? [] } };
  const pairs = newPairs(roleId, employeeId, without, today);
  const held = expand(now ?? [], catalogue);
  const daysLeft = until === null ? 0 : daysBetween(today, until);
  const daysOver = until === null ? 1 : daysLeft - outputs.maxDays;
  const facts: Facts<'access'> = {
    roleKnown: role !== null,
    personKnown: person !== null,
    employment: person?.startsOn && person.startsOn > today ? 'starts-later' : (person?.employment ?? ''),
    hasAccount: memberships !== null,
    held: holds(held, roleId),
    conflicts: pairs.conflicts.length,
    excepted: pairs.excepted.length,
    daysOver: outputs.limited ? daysOver : 0,
    daysLeft,
    reasonLength: (reason ?? '').trim().length,
    automatic: verdict === 'usual',
    privileged: role?.privileged ?? false,
    reaches: classesReached(roleId, catalogue),
  };
  return { facts, held: spelled(held, catalogue), ...pairs };
}

/** Who of those that are to be asked may decide: neither whoever asked nor whom it is for. */
export function approverFacts(
  needed: readonly Step[],
  given: readonly Step[],
  { line, role, headOfSecurity }: Records,
  barred: readonly string[],
): Facts<'approver'> {
  const may = (who: string | null | undefined) => Boolean(who) && !isOneOfNames(barred, who!);
  const above = line.managerAboveIsThere && may(line.managerAbove) ? 'above' : 'none';
  return {
    missing: needed.filter((step) => !given.includes(step)),
    manager: line.managerIsThere && may(line.manager) ? 'direct' : above,
    roleOwner: may(role?.owner) ? 'may' : 'none',
    security: may(headOfSecurity.employeeId) ? 'may' : 'none',
  };
}

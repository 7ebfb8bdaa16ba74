import { isOneOfNames, isSameName } from '../../rules/canonical.ts';
import { daysBetween } from '../../rules/dates.ts';
import { classesReached, expand, holds, newPairs, spelled } from './roles.ts';
import type { Wish } from './terms.ts';
import type { ApprovalStep, Entitlement, Facts, Records } from './types.ts';

export const entitlementFacts = ({ person, role }: Records): Facts<'entitlement'> => ({
  privileged: role?.privileged ?? false,
  kind: person?.kind ?? 'contractor',
  birthright: role?.birthright ?? false,
  usualForJob: role?.jobCodes.some((code) => code !== '' && code === person?.jobCode) ?? false,
});

/** What the records say of a wish on this day, and what the person holds beside it. */
export function accessFacts(wish: Wish, all: Records, { verdict, outputs }: Entitlement, today: string) {
  const { employeeId, roleId, until } = wish.grant;
  const records = beside(wish, all);
  const { person, role, memberships, catalogue } = records;
  const pairs = newPairs(roleId, employeeId, records, today);
  const held = expand(memberships?.roleIds ?? [], catalogue);
  const daysLeft = until === null ? 0 : daysBetween(today, until);
  const daysOver = until === null ? 1 : daysLeft - outputs.maxDays;
  const facts: Facts<'access'> = {
    roleKnown: role !== null,
    personKnown: person !== null,
    employment: person?.startsOn && person.startsOn > today ? 'starts-later' : (person?.employment ?? ''),
    hasAccount: memberships !== null,
    held: holds(held, roleId) || lastsAlready(wish),
    conflicts: pairs.conflicts.length,
    excepted: pairs.excepted.length,
    daysOver: outputs.limited ? daysOver : 0,
    daysLeft,
    reasonLength: (wish.request.reason ?? '').trim().length,
    automatic: verdict === 'usual',
    privileged: role?.privileged ?? false,
    reaches: classesReached(roleId, catalogue),
  };
  return { facts, held: spelled(held, catalogue), ...pairs };
}

/** A grant that is to last longer is held itself: the rules look at what else the person holds. */
function beside({ grant, heldUntil }: Wish, records: Records): Records {
  const { memberships } = records;
  if (heldUntil === null || memberships === null) return records;
  const roleIds = memberships.roleIds.filter((one) => !isSameName(one, grant.roleId));
  return { ...records, memberships: { ...memberships, roleIds } };
}

const lastsAlready = ({ grant: { until }, heldUntil }: Wish) =>
  heldUntil !== null && until !== null && until <= heldUntil;

/** Who of those that are to be asked may decide: neither whoever asked nor whom it is for. */
export function approverFacts(
  missing: ApprovalStep[],
  { line, role, headOfSecurity }: Records,
  excluded: readonly string[],
): Facts<'approver'> {
  const may = (who: string | null | undefined) => Boolean(who) && !isOneOfNames(excluded, who!);
  const above = line.managerAboveIsThere && may(line.managerAbove) ? 'above' : 'none';
  return {
    missing,
    manager: line.managerIsThere && may(line.manager) ? 'direct' : above,
    roleOwner: may(role?.owner) ? 'may' : 'none',
    security: may(headOfSecurity.employeeId) ? 'may' : 'none',
  };
}

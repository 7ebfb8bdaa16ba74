import type { Case } from '../../core/run/steps.ts';
import { accessFacts, entitlementFacts } from './facts.ts';
import type { Wish } from './terms.ts';
import type { Packet, Records, Verbs } from './types.ts';

/** Reads what there is now, and rules on it. */
export async function look(
  wish: Wish,
  { assemble, check }: Pick<Verbs, 'assemble' | 'check'>,
  { requestedBy, today }: Pick<Case, 'requestedBy' | 'today'>,
) {
  const { grant } = wish;
  const { employeeId, roleId } = grant;
  const records: Records = await assemble({
    ...{ person: { employeeId }, line: { employeeId }, memberships: { employeeId }, exceptions: { employeeId } },
    ...{ role: { roleId }, catalogue: {}, headOfSecurity: {}, requester: { employeeId: requestedBy } },
  });
  const entitlement = await check.entitlement(entitlementFacts(records), grant);
  const { facts, ...found } = accessFacts(wish, records, entitlement, today());
  const ruling = await check.access(facts, grant);
  return { ...found, records, ruling, requestedBy };
}

export type Seen = Awaited<ReturnType<typeof look>>;

/** Two people may have one name: the id stands with it. */
const named = (person: Records['person'], id: string): string => (person?.name ? `${person.name} (${id})` : id);

/** What whoever decides is shown. The rules leave to people only what is about a known person and role. */
export function packetOf({ request, heldUntil }: Wish, seen: Seen): Packet {
  const { person, role, exceptions, requester } = seen.records;
  return {
    ...{
      askedBy: named(requester, seen.requestedBy),
      forWhom: named(person, person!.employeeId),
      roleName: role!.name,
    },
    ...{ request, person: person!, role: role!, held: seen.held, exceptions },
    conflicts: [...seen.conflicts, ...seen.excepted],
    smaller: role!.smaller,
    extends: heldUntil !== null,
    rule: seen.ruling.rule,
  };
}

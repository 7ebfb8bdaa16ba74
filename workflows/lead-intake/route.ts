import { isOneOfNames, isSameName } from '../../rules/canonical.ts';
import type { Seen } from './look.ts';
import type { Facts, Representative, Routing } from './types.ts';

/** Who may have a lead, from the first to the last resort. */
export interface Route {
  leadId: string;
  tier: number;
  /** In this order. */
  first: readonly string[];
  /** The first has it already. */
  stays: boolean;
  /** Then whoever of them has the fewest open leads. */
  team: readonly string[];
  queue: string;
}

export function routeOf({ outputs, terms }: Routing, seen: Seen, tier: number): Route {
  const { account, contact, team, enterpriseTeam } = seen;
  const { first, owner, queue } = outputs;
  const route = { leadId: terms.leadId, tier, stays: first === 'contact-owner', queue };
  const accountOwners = account?.ownerActive ? [account.owner, account.backup] : [account?.backup ?? queue];
  switch (first) {
    case 'desk':
      return { ...route, first: [owner], team: [] };
    case 'contact-owner':
      return { ...route, first: [contact?.owner ?? queue], team };
    case 'account-owner':
      return { ...route, first: accountOwners, team };
    case 'enterprise-team':
      return { ...route, first: [enterpriseTeam], team };
    case 'territory-team':
      return { ...route, first: [], team };
    case 'queue':
      return { ...route, first: [], team: [] };
  }
}

export const peopleOf = ({ first, team }: Route): string[] => each([...first, ...team]);

/** Fewest open leads first, then as the team is listed; the queue is the last resort. */
export function inTurn(route: Route, found: readonly Representative[]): string[] {
  const openLeads = (person: string) => found.find((one) => isSameName(one.person, person))?.openLeads ?? 0;
  const team = route.team.toSorted((a, b) => openLeads(a) - openLeads(b));
  return each([...route.first, ...team, route.queue]);
}

/** Each once, as it is spelled first. */
const each = (people: readonly string[]): string[] =>
  people.filter((person, n) => people.findIndex((one) => isSameName(one, person)) === n);

/** Who has no entry is there, and free. */
export function availability(
  owner: string,
  { queue, stays }: Route,
  found: readonly Representative[],
  had: readonly string[],
  today: string,
): Facts<'assignment'> {
  const { openLeads, capacity, absentUntil } = found.find(({ person }) => isSameName(person, owner)) ?? {
    ...{ openLeads: 0, capacity: 1, absentUntil: null },
  };
  return {
    stays: stays && had.length === 0,
    lastResort: isSameName(owner, queue),
    hadTheirTime: isOneOfNames(had, owner),
    turns: had.length,
    absent: absentUntil !== null && absentUntil >= today,
    room: capacity - openLeads,
  };
}

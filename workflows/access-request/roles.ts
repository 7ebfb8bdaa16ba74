import { directoryName, isOneOfNames, isSameName } from '../../rules/canonical.ts';
import type { Catalogue, Records } from './types.ts';

type Roles = Pick<Catalogue, 'roles'>;

const indexes = new WeakMap<Catalogue['roles'], Map<string, Catalogue['roles'][number]>>();

function roleNamed(roleId: string, { roles }: Roles): Catalogue['roles'][number] | undefined {
  let index = indexes.get(roles);
  if (!index)
    indexes.set(roles, (index = new Map(roles.toReversed().map((role) => [directoryName(role.roleId), role]))));
  return index.get(directoryName(roleId));
}

/** Roles with all that they include, and what that includes, each by its canonical name. */
export function expand(roleIds: readonly string[], catalogue: Roles): Set<string> {
  const all = new Set<string>();
  const left = [...roleIds];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (holds(all, next)) continue;
    all.add(directoryName(next));
    left.push(...(roleNamed(next, catalogue)?.includes ?? []));
  }
  return all;
}

export const holds = (held: Set<string>, roleId: string): boolean => held.has(directoryName(roleId));

/** As the catalogue spells them. */
export const spelled = (held: Set<string>, catalogue: Catalogue): string[] =>
  [...held].map((name) => roleNamed(name, catalogue)?.roleId ?? name);

const isIn = ({ roles: [a, b] }: { roles: readonly [string, string] }, held: Set<string>) =>
  holds(held, a) && holds(held, b);

/** Pairs of duties that a role would newly put into one hand; `excepted` are those with an exception on file. */
export function newPairs(
  roleId: string,
  employeeId: string,
  { memberships, catalogue, exceptions }: Pick<Records, 'memberships' | 'catalogue' | 'exceptions'>,
  today: string,
) {
  const now = memberships?.roleIds ?? [];
  const [held, after] = [expand(now, catalogue), expand([...now, roleId], catalogue)];
  const hit = catalogue.pairs.filter((pair) => isIn(pair, after) && !isIn(pair, held));
  // Nobody makes an exception for themselves.
  const valid = exceptions.filter(
    (one) =>
      isSameName(one.employeeId, employeeId) && !isSameName(one.approvedBy, employeeId) && one.validUntil >= today,
  );
  const covers = ({ roles }: { roles: readonly string[] }) =>
    valid.some((one) => one.roles.every((each) => isOneOfNames(roles, each)) && !isSameName(...one.roles));
  return { conflicts: hit.filter((pair) => !covers(pair)), excepted: hit.filter(covers) };
}

const resourcesOf = (roleId: string, catalogue: Catalogue): string[] =>
  [...expand([roleId], catalogue)].flatMap((each) => roleNamed(each, catalogue)?.resources ?? []);

/** How the resources are classed that a role reaches, directly or through what it includes. */
export function classesReached(roleId: string, catalogue: Catalogue): string[] {
  const reached = resourcesOf(roleId, catalogue);
  const found = catalogue.resources.filter(({ resourceId }) => isOneOfNames(reached, resourceId));
  return [...new Set(found.map(({ classification }) => classification))];
}

/** Those of the roles that reach the resource, if one is named, and are not held. */
export function candidates(
  resourceId: string | null,
  { memberships, catalogue }: Pick<Records, 'memberships' | 'catalogue'>,
) {
  const held = expand(memberships?.roleIds ?? [], catalogue);
  const gives = (roleId: string) => resourceId === null || isOneOfNames(resourcesOf(roleId, catalogue), resourceId);
  return catalogue.roles.filter(({ roleId }) => !holds(held, roleId) && gives(roleId));
}

/** The suggested roles that are in the list, each after the smaller ones of the same. */
export function smallerFirst(suggested: readonly string[], roles: Catalogue['roles']): string[] {
  const ordered = new Set<string>();
  const put = (roleId: string | null, above: readonly string[]) => {
    const role = roleId === null ? undefined : roleNamed(roleId, { roles });
    if (!role || above.includes(role.roleId)) return;
    put(role.smaller, [...above, role.roleId]);
    ordered.add(role.roleId);
  };
  for (const roleId of suggested) put(roleId, []);
  return [...ordered];
}

import type { Catalogue, Records } from './types.ts';

/** Roles with all that they include, and what that includes. */
export function expand(roleIds: readonly string[], { roles }: Pick<Catalogue, 'roles'>): Set<string> {
  const all = new Set<string>();
  const left = [...roleIds];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    left.push(...(roles.find(({ roleId }) => roleId === next)?.includes ?? []));
  }
  return all;
}

const isIn = ({ roles: [a, b] }: { roles: readonly [string, string] }, held: Set<string>) => held.has(a) && held.has(b);

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
    (one) => one.employeeId === employeeId && one.approvedBy !== employeeId && one.validUntil >= today,
  );
  const covers = ({ roles }: { roles: readonly string[] }) =>
    valid.some((one) => one.roles.every((each) => roles.includes(each)) && new Set(one.roles).size === 2);
  return { conflicts: hit.filter((pair) => !covers(pair)), excepted: hit.filter(covers) };
}

const resourcesOf = (roleId: string, catalogue: Catalogue): string[] =>
  [...expand([roleId], catalogue)].flatMap(
    (each) => catalogue.roles.find((role) => role.roleId === each)?.resources ?? [],
  );

/** How the resources are classed that a role reaches, directly or through what it includes. */
export function classesReached(roleId: string, catalogue: Catalogue): string[] {
  const reached = resourcesOf(roleId, catalogue);
  const found = catalogue.resources.filter(({ resourceId }) => reached.includes(resourceId));
  return [...new Set(found.map(({ classification }) => classification))];
}

/** Those of the roles that reach the resource, if one is named, and are not held. */
export function candidates(
  resourceId: string | null,
  { memberships, catalogue }: Pick<Records, 'memberships' | 'catalogue'>,
) {
  const held = expand(memberships?.roleIds ?? [], catalogue);
  const gives = (roleId: string) => resourceId === null || resourcesOf(roleId, catalogue).includes(resourceId);
  return catalogue.roles.filter(({ roleId }) => !held.has(roleId) && gives(roleId));
}

/** The suggested roles that are in the list, each after the smaller ones of the same. */
export function smallerFirst(suggested: readonly string[], roles: Catalogue['roles']): string[] {
  const ordered = new Set<string>();
  const put = (roleId: string | null, above: readonly string[]) => {
    const role = roles.find((one) => one.roleId === roleId);
    if (!role || above.includes(role.roleId)) return;
    put(role.smaller, [...above, role.roleId]);
    ordered.add(role.roleId);
  };
  for (const roleId of suggested) put(roleId, []);
  return [...ordered];
}

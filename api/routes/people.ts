import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { rolesOf, setRoles, standingOf } from '../../store/members.ts';
import { endPerson, readmitPerson, releaseClaimsOf } from '../../store/people.ts';
import { transaction } from '../../store/pool.ts';
import { giveRolesOfGroups } from '../../store/scim-groups.ts';
import { isPerson } from '../../store/requester.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { knownRoles } from '../role-mapping.ts';
import { route } from '../route.ts';
import { declaredRoles } from '../visibility.ts';

const Roles = z.strictObject({ roles: z.array(text(100).min(1)).max(200) });
const answers = { 200: { description: 'The roles of this person, as the store has them', schema: Roles } };

export const getRoles = route({
  method: 'get',
  path: '/people/{person}/roles',
  summary: 'Which roles somebody is a member of',
  who: ['admin'],
  answers,
  problems: [],
  async answer({ params }, { pool }) {
    return { status: 200, body: { roles: (await standingOf(pool, params['person']!)).roles } };
  },
});

export const putRoles = route({
  method: 'put',
  path: '/people/{person}/roles',
  summary: 'Say which roles somebody is a member of; of what a token says, only those count from then on',
  who: ['admin'],
  body: Roles,
  answers,
  problems: ['request-invalid', 'roles-kept-elsewhere'],
  async answer({ caller, params, body }, deps) {
    const { pool, definitions } = deps;
    const { person, roles: before } = await standingOf(pool, personIn(params));
    const known = new Set([...knownRoles(declaredRoles(definitions)), ...before]);
    const unknown = body.roles.findIndex((role) => !known.has(role));
    if (unknown >= 0) {
      const message = 'is a role that no process and no route knows';
      throw new Problem('request-invalid', '', { errors: [{ field: `/roles/${unknown}`, message }] });
    }
    if (person === caller.person && !body.roles.includes('admin')) {
      const message = 'would end your own role admin: another administrator does that';
      throw new Problem('request-invalid', '', { errors: [{ field: '/roles', message }] });
    }
    requireOurs(deps, before, body.roles);
    await setRoles(pool, person, [...new Set(body.roles)]);
    return { status: 200, body: { roles: await rolesOf(pool, person) } };
  },
});

/** Throws `Problem` `request-invalid` for a name that only machines have. */
function personIn({ person = '' }: Readonly<Record<string, string>>): string {
  if (isPerson(person)) return person;
  throw new Problem('request-invalid', '', { errors: [{ field: 'person', message: 'is the name of no person' }] });
}

/** Throws `Problem` `roles-kept-elsewhere` when a role changes that provisioned groups give. */
function requireOurs({ rolesSource, groups }: Deps, before: readonly string[], after: readonly string[]): void {
  if (rolesSource !== 'scim') return;
  const kept = groups.filter(({ role }) => before.includes(role) !== after.includes(role)).map(({ role }) => role);
  const added = after.findIndex((role) => kept.includes(role));
  const field = added >= 0 ? `/roles/${added}` : '/roles';
  const message = `${kept[0]} is given by groups of the identity provider, over SCIM` as const;
  if (kept.length > 0) throw new Problem('roles-kept-elsewhere', '', { errors: [{ field, message }] });
}

const Active = z.strictObject({ active: z.boolean() });

export const putActive = route({
  method: 'put',
  path: '/people/{person}/active',
  summary: "End somebody's time here: their roles, their keys and what they claimed; or readmit them, with no role",
  who: ['admin'],
  body: Active,
  answers: { 200: { description: 'Whether they may call', schema: Active } },
  problems: ['request-invalid'],
  async answer({ caller, params, body }, { pool, rolesSource, groups }) {
    const { person } = await standingOf(pool, personIn(params));
    if (person === caller.person && !body.active) {
      const message = 'would end your own time here: another administrator does that';
      throw new Problem('request-invalid', '', { errors: [{ field: '/active', message }] });
    }
    if (body.active) {
      await readmitPerson(pool, person, 'administrator');
      if (rolesSource === 'scim') await giveRolesOfGroups(pool, [person], groups);
    } else {
      await transaction(pool, (db) => endPerson(db, person, 'administrator'));
      await releaseClaimsOf(pool, person);
    }
    return { status: 200, body: { active: (await standingOf(pool, person)).active } };
  },
});

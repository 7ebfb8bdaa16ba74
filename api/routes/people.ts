import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { rolesOf, setRoles } from '../../store/members.ts';
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
    return { status: 200, body: { roles: await rolesOf(pool, params['person']!) } };
  },
});

export const putRoles = route({
  method: 'put',
  path: '/people/{person}/roles',
  summary: 'Say which roles somebody is a member of; of what a token says, only those count from then on',
  who: ['admin'],
  body: Roles,
  answers,
  problems: ['request-invalid'],
  async answer({ caller, params, body }, { pool, definitions }) {
    const person = params['person']!;
    const known = new Set([...knownRoles(declaredRoles(definitions)), ...(await rolesOf(pool, person))]);
    const unknown = body.roles.findIndex((role) => !known.has(role));
    if (unknown >= 0) {
      const message = 'is a role that no process and no route knows';
      throw new Problem('request-invalid', '', { errors: [{ field: `/roles/${unknown}`, message }] });
    }
    if (person === caller.person && !body.roles.includes('admin')) {
      const message = 'would end your own role admin: another administrator does that';
      throw new Problem('request-invalid', '', { errors: [{ field: '/roles', message }] });
    }
    await setRoles(pool, person, [...new Set(body.roles)]);
    return { status: 200, body: { roles: await rolesOf(pool, person) } };
  },
});

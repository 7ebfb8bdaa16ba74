import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { rolesOf, setRoles } from '../../store/members.ts';
import { route } from '../route.ts';

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
  summary: 'Say which roles somebody is a member of; an approval counts only while its giver is one',
  who: ['admin'],
  body: Roles,
  answers,
  problems: ['request-invalid'],
  async answer({ params, body }, { pool }) {
    const person = params['person']!;
    await setRoles(pool, person, [...new Set(body.roles)]);
    return { status: 200, body: { roles: await rolesOf(pool, person) } };
  },
});

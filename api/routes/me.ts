import { z } from 'zod';
import { rolesOf, queuesLedBy } from '../../store/members.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import { seesAllScorecards } from '../scorecard-query.ts';
import { route } from '../route.ts';
import { mayRequest } from '../visibility.ts';

const Me = z.object({
  person: z.string(),
  roles: z.array(z.string()).describe('That count now'),
  queues: z.array(z.string()).describe('Those that answer for something in a process, and that you are in'),
  leads: z.array(z.string()).describe('The queues that you lead'),
  owns: z.array(z.string()).describe('The processes whose owner you are'),
  mayRequest: z.array(z.string()).describe('The processes of which you may ask for a case'),
  seesScorecard: z.boolean(),
});

export const get = route({
  method: 'get',
  path: '/me',
  summary: 'Who you are here, and what you may do',
  who: 'anyone',
  answers: { 200: { description: 'You', schema: Me } },
  problems: [],
  async answer({ caller }, { pool, definitions }) {
    const all = Object.values(definitions);
    const queues = new Set(all.flatMap((definition) => [...queuesOf(definition)]));
    const [stored, leads] = await Promise.all([rolesOf(pool, caller.person), queuesLedBy(pool, caller.person)]);
    const owns = all.filter(({ owner }) => caller.roles.includes(owner)).map(({ name }) => name);
    return {
      status: 200,
      body: {
        person: caller.person,
        roles: [...caller.roles],
        queues: stored.filter((role) => queues.has(role) && caller.roles.includes(role)),
        leads,
        owns,
        mayRequest: all.filter((definition) => mayRequest(definition, caller)).map(({ name }) => name),
        seesScorecard: owns.length > 0 || seesAllScorecards(caller),
      },
    };
  },
});

export const signIn = route({
  method: 'get',
  path: '/sign-in',
  summary: 'Where people sign in who use the console: OpenID Connect, a code with PKCE',
  who: 'open',
  answers: {
    200: {
      description: 'What a page needs to ask the issuer',
      schema: z.object({
        issuer: z.string(),
        clientId: z.string(),
        scope: z.string(),
        development: z.boolean().describe('Its issuer is the development identity provider'),
      }),
    },
  },
  problems: [],
  answer: async (_call, { signIn: { issuer, clientId, scope }, identity }) => ({
    status: 200,
    body: { issuer: issuer(), clientId, scope, development: identity !== undefined },
  }),
});

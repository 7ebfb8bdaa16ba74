import { z } from 'zod';
import { requestedBy } from '../../store/requested-by.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { route } from '../route.ts';
import { findCaseAsSeen } from '../visibility.ts';
import { Cases, showCase } from './views.ts';

export const list = route({
  method: 'get',
  path: '/me/requests',
  summary: 'What you asked for, newest first, and where it stands',
  who: 'anyone',
  query: z.strictObject({ before: placeIn('requests').optional(), limit: Limit }),
  answers: { 200: { description: 'A page of cases', schema: Cases } },
  problems: [],
  async answer({ caller, query: { before, limit } }, deps) {
    const found = await requestedBy(deps.pool, caller.person, { after: before, limit });
    const seen = await Promise.all(
      found.map(async (one) => (one.caseId === null ? findCaseAsSeen(deps.pool, one.cursor.id) : one)),
    );
    const cases = seen.flatMap((one) => (one ? [showCase(deps, one)] : []));
    return { status: 200, body: { cases, ...nextOf('requests', found, limit) } };
  },
});

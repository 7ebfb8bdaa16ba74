import { z } from 'zod';
import { writesOf } from '../../activities/writes-of.ts';
import { route } from '../route.ts';
import { findVisibleCase, hasAny, seesCasesOf } from '../visibility.ts';
import { mayReverse } from './reversal.ts';

const Anything = z.unknown();

const Write = z.object({
  key: z.string(),
  action: z.string(),
  operation: z.string(),
  input: Anything.describe(
    'What was written; null for whoever neither reads the record nor may reverse the case. Of what is long its digest',
  ),
  result: Anything.describe('What the system answered; null for the same'),
  compensatedBy: z.string().nullable().describe('The operation that takes it back'),
  keptBecause: z.string().nullable().describe('Why it would not be taken back now'),
});

export const writes = route({
  method: 'get',
  path: '/cases/{caseId}/writes',
  summary:
    'What a case wrote and was not taken back, newest first, and what a cancellation or a reversal would take back now',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  answers: { 200: { description: 'The writes that stand', schema: z.object({ writes: z.array(Write) }) } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const seen = await findVisibleCase(deps, caller, params['caseId']!);
    const maySee = (process: string) => seesCasesOf(deps.definitions, caller, process);
    const found = await writesOf(deps.pool, deps.definitions, { caseId: seen.caseId, maySee });
    const seesContent = hasAny(caller, ['auditor', 'admin']) || (await mayReverse(deps, caller, seen));
    const shown = found.map((one) => (seesContent ? one : { ...one, input: null, result: null }));
    return { status: 200, body: { writes: shown } };
  },
});

import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { findCase } from '../../store/cases.ts';
import { listUnknown } from '../../store/ended.ts';
import { lookAt } from '../../temporal/runs.ts';
import { isTransport } from '../../temporal/client.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { close } from '../watch.ts';

const Unknown = z.object({ cases: z.array(z.object({ caseId: z.string(), since: z.iso.datetime() })) });
const CaseIds = z.array(text(2_000).min(1));

export const list = route({
  method: 'get',
  path: '/unknown-cases',
  summary: 'Open cases that Temporal does not know, though it confirmed their start; the first 1,000',
  who: ['auditor', 'admin'],
  answers: { 200: { description: 'Those that have been unknown for longest come first', schema: Unknown } },
  problems: [],
  async answer(_call, { pool }) {
    const cases = (await listUnknown(pool, 1_000)).map(({ caseId, since }) => ({ caseId, since: since.toISOString() }));
    return { status: 200, body: { cases } };
  },
});

export const giveUp = route({
  method: 'post',
  path: '/unknown-cases/closing',
  summary: 'Say that cases are gone: those that Temporal still does not know are closed as terminated',
  who: ['admin'],
  body: z.strictObject({ cases: CaseIds.min(1).max(100) }),
  answers: {
    200: { description: 'Which were closed; the others are as they were', schema: z.object({ closed: CaseIds }) },
  },
  problems: ['unavailable'],
  async answer({ caller, body: { cases } }, deps) {
    const unknown = new Set((await listUnknown(deps.pool, 100, cases)).map(({ caseId }) => caseId));
    const closed: string[] = [];
    for (const caseId of unknown) {
      const { runId } = (await findCase(deps.pool, caseId)) ?? {};
      const look = await deps.temporal.within(5_000, (client) => lookAt(client, caseId, runId)).catch(unavailable);
      if (look.state !== 'running' && (await close(deps, caseId, look, caller.person))) closed.push(caseId);
    }
    return { status: 200, body: { closed } };
  },
});

function unavailable(error: unknown): never {
  throw isTransport(error) ? new Problem('unavailable', 'Temporal') : error;
}

import type { Pool } from 'pg';
import { z } from 'zod';
import { findDefinition } from '../../core/declare/find.ts';
import { text } from '../../core/declare/values.ts';
import { isSameName } from '../../rules/canonical.ts';
import { cancelAccepted, cancelBegun } from '../../store/cancel.ts';
import { currencyOf } from '../../store/currency-of.ts';
import { fitsAtMost, fitsTooMany } from '../../store/find-cases.ts';
import { listCases } from '../../store/list-cases.ts';
import { transaction } from '../../store/pool.ts';
import { readRecord } from '../../store/record.ts';
import { addSignal } from '../../store/signals.ts';
import type { Caller } from '../authentication.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';
import { stream } from '../stream.ts';
import {
  findCaseAsSeen,
  findVisibleCase,
  queuesOfCaller,
  seesAllCases,
  visibleCases,
  withheldFields,
} from '../visibility.ts';
import { endedElsewhere } from '../watch.ts';
import { Accepted, Case, Cases, showCase } from './views.ts';

const Name = text(200).min(1);
const Instant = z.iso.datetime({ offset: true });

export const list = route({
  method: 'get',
  path: '/cases',
  summary:
    'Cases, open ones first and what is due first, then the closed ones, newest first; a requester sees their own',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  scope: 'cases.read',
  query: z.strictObject({
    process: Name.optional(),
    outcome: Name.optional(),
    stage: Case.shape.stage.optional(),
    owner: Name.optional().describe('Waiting for this queue'),
    requester: Name.optional().describe('Who asked for it'),
    from: Instant.optional().describe('Opened from then on'),
    to: Instant.optional().describe('Opened before then'),
    q: text(200)
      .min(1)
      .optional()
      .describe(
        'Words of its id, its business key, its requester or the short texts of its request; the beginning of each is enough',
      ),
    before: placeIn('cases').optional(),
    limit: Limit,
  }),
  answers: { 200: { description: 'A page of cases', schema: Cases } },
  problems: [],
  async answer({ caller, query }, deps) {
    const visibleTo = seesAllCases(caller) ? undefined : visibleCases(deps.definitions, caller);
    const wanted = { ...query, ...byCaseId(deps, query) };
    if (wanted.q !== undefined && (await fitsTooMany(deps.pool, wanted.q, visibleTo))) throw tooMany();
    const found = await listCases(deps.pool, {
      ...{ ...wanted, after: query.before, visibleTo },
      withheld: withheldFields(deps.definitions),
    });
    const seen = await Promise.all(
      found.map(async (one) => (one.caseId === null ? findCaseAsSeen(deps.pool, one.cursor.id) : one)),
    );
    const cases = seen.flatMap((one) => (one ? [showCase(deps, one)] : []));
    return { status: 200, body: { cases, ...nextOf('cases', found, query.limit) } };
  },
});

const tooMany = () =>
  new Problem('query-invalid', '', {
    errors: [{ field: 'q', message: `fits more than ${fitsAtMost} cases: give more of it` }],
  });

/** Whoever has a whole case id means that one; its process is no word of it, since every case of the process would begin with it. */
function byCaseId(
  { definitions }: Deps,
  { q = '', process: chosen }: { q?: string | undefined; process?: string | undefined },
) {
  const [, process = '', key = ''] = /^([^/\s]+)\/(\S+)$/.exec(q.trim()) ?? [];
  const isOne = findDefinition(definitions, process) !== undefined && (chosen ?? process) === process;
  return isOne ? { process, q: key } : {};
}

export const get = route({
  method: 'get',
  path: '/cases/{caseId}',
  summary: 'Where a case stands and what it waits for',
  who: ['requester', 'system', 'auditor', 'admin', 'queue'],
  scope: 'cases.read',
  answers: { 200: { description: 'The case', schema: Case } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const seen = await findVisibleCase(deps, caller, params['caseId']!);
    return { status: 200, body: { ...showCase(deps, seen), currency: await currencyOf(deps.pool, seen.caseId) } };
  },
});

export const record = route({
  method: 'get',
  path: '/cases/{caseId}/record',
  summary: 'The record of a case, oldest line first, as a hash chain',
  who: ['auditor', 'admin'],
  answers: { 200: { description: 'One JSON object per line', type: 'application/x-ndjson', schema: z.string() } },
  problems: ['not-found'],
  async answer({ caller, params }, deps) {
    const { caseId } = await findVisibleCase(deps, caller, params['caseId']!);
    const headers = { 'content-type': 'application/x-ndjson; charset=utf-8' };
    return { status: 200, headers, write: (res) => stream(res, piecesOf(deps.pool, caseId)) };
  },
});

async function* piecesOf(pool: Pool, caseId: string): AsyncGenerator<string> {
  const page = 500;
  for (let after = 0; ;) {
    const lines = await readRecord(pool, caseId, after, page);
    yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (lines.length < page) return;
    after = lines.at(-1)!.seq;
  }
}

export const cancel = route({
  method: 'post',
  path: '/cases/{caseId}/cancellation',
  summary: 'Cancel a case: its writes are compensated',
  who: ['requester', 'system', 'admin', 'queue'],
  body: z.strictObject({ because: text(2_000).optional() }),
  bodyOptional: true,
  answers: { 202: { description: 'Accepted; the case ends as cancelled unless it ended before', schema: Accepted } },
  problems: ['not-found', 'case-closed'],
  async answer({ caller, params, body }, deps) {
    const { pool, temporal } = deps;
    const seen = await findVisibleCase(deps, caller, params['caseId']!);
    if (!(await mayCancel(deps, caller, seen)))
      throw new Problem(
        'role-missing',
        'Only the requester, an administrator or an escalation queue of the process may cancel a case',
      );
    const { caseId } = seen;
    const cancellation = { caseId, by: caller.person, key: caseId, body };
    const answer = { status: 202, body: { caseId, url: `/cases/${encodeURIComponent(caseId)}` } };
    if (seen.runId === undefined && (await cancelAccepted(pool, cancellation))) return answer;
    if (await endedElsewhere(deps, caseId)) throw new Problem('case-closed');
    const signal = await transaction(pool, async (db) => {
      if (!(await cancelBegun(db, cancellation))) throw new Problem('case-closed');
      return addSignal(db, caseId, { signal: 'cancel', body: { by: caller.person } });
    });
    await tryNow(temporal, (ms) => deliverSignal(deps, signal, ms));
    return answer;
  },
});

async function mayCancel(
  { pool, definitions }: Deps,
  caller: Caller,
  { process, requester }: { process: string; requester: string },
): Promise<boolean> {
  if (isSameName(requester, caller.person) || caller.roles.includes('admin')) return true;
  const handoffs = Object.values(findDefinition(definitions, process)?.handoffs ?? {});
  const queues = await queuesOfCaller(pool, caller);
  return handoffs.some(({ escalateTo }) => queues.includes(escalateTo));
}

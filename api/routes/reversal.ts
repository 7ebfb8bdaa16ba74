import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Written, writesOf } from '../../activities/writes-of.ts';
import { caseIdOf } from '../../core/declare/case-id.ts';
import { reversalProcess } from '../../core/declare/reversal.ts';
import { text } from '../../core/declare/values.ts';
import { findAction } from '../../store/actions.ts';
import { lockCase } from '../../store/cases.ts';
import { digest } from '../../store/digest.ts';
import { accept, type StoredEntry } from '../../store/inbox.ts';
import { type Db, transaction } from '../../store/pool.ts';
import { append } from '../../store/record.ts';
import { reversalsOf } from '../../store/reversals.ts';
import type { Caller } from '../authentication.ts';
import { deliverEntry, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { type FieldError, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { definitionOf, findVisibleCase, queuesOfCaller, type SeenCase, seesCasesOf } from '../visibility.ts';
import { accepted } from './start.ts';
import { Accepted } from './views.ts';
import { declared } from '../sentences.ts';

const atMost = 100;

export const reversal = route({
  method: 'post',
  path: '/cases/{caseId}/reversal',
  summary:
    'Reverse a closed case: what it wrote is taken back, newest first, once another of the process’s owners approved it',
  who: ['admin', 'queue'],
  body: z.strictObject({
    actions: z
      .array(text(2_000).min(1))
      .min(1)
      .max(atMost)
      .describe('Keys of writes, as the record has them; left out, all that stand')
      .optional(),
    because: text(2_000).min(1),
  }),
  answers: { 202: { description: 'Accepted; a case of its own, which asks for the approval', schema: Accepted } },
  problems: ['not-found', 'case-open', 'nothing-to-reverse', 'not-reversible', 'reversal-under-way', 'request-invalid'],
  async answer({ caller, params, body }, deps) {
    const seen = await findVisibleCase(deps, caller, params['caseId']!);
    if (!(await mayReverse(deps, caller, seen)))
      throw new Problem('role-missing', 'Only an administrator or the queue that owns the process may reverse a case');
    if (!seen.closedAt) throw new Problem('case-open');
    const found = await transaction(deps.pool, (db) => openOnce(db, deps, { ...body, seen, caller }));
    if (typeof found === 'string') return accepted(found);
    await tryNow(deps.temporal, (ms) => deliverEntry(deps, found, ms));
    return accepted(found.caseId);
  },
});

/** Administrators, and the queue that owns the process. */
export async function mayReverse({ pool, definitions }: Deps, caller: Caller, { process }: SeenCase): Promise<boolean> {
  if (caller.roles.includes('admin')) return true;
  const { owner } = definitionOf(definitions, process);
  return (await queuesOfCaller(pool, caller)).includes(owner);
}

interface Asked {
  seen: SeenCase;
  caller: Caller;
  actions?: string[] | undefined;
  because: string;
}

/** The reversal that does this already, or the request of a new one, stored. Throws `Problem`. */
async function openOnce(db: Db, { definitions }: Deps, asked: Asked): Promise<string | StoredEntry> {
  const { seen, because, caller } = asked;
  const { caseId } = seen;
  const { about } = (await lockCase(db, caseId))!;
  const maySee = (process: string) => seesCasesOf(definitions, caller, process);
  const writes = await writesOf(db, definitions, { caseId, maySee });
  const open = (await reversalsOf(db, caseId)).find((one) => one.open);
  if (open) {
    const wanted = asked.actions ?? writes.map(({ key }) => key);
    if (wanted.every((key) => open.actions.includes(key))) return open.caseId;
    throw new Problem('reversal-under-way', `It is ${open.caseId}`);
  }
  const actions = (await chosen(db, caseId, writes, asked.actions)).map(({ key }) => key);
  const { owner } = definitionOf(definitions, seen.process);
  const request = { reversalId: randomUUID(), caseId, owner, about, actions, because };
  const itsId = caseIdOf(definitionOf(definitions, reversalProcess), request);
  const entry = { process: reversalProcess, idempotencyKey: itsId, requestDigest: digest(request), caseId: itsId };
  const { entry: stored } = await accept(db, { ...entry, request, requester: caller.person, asOf: null });
  const body = { reversal: itsId, actions, because };
  await append(db, { caseId, type: 'case.reversal-requested', key: itsId, actor: caller.person, body });
  return stored!;
}

/** The writes that are meant, of which at least one can be taken back. Throws `Problem`. */
async function chosen(db: Db, caseId: string, writes: Written[], keys?: readonly string[]): Promise<Written[]> {
  const unknown = keys ? await unknownIn(db, caseId, keys) : [];
  if (unknown.length > 0) throw new Problem('request-invalid', '', { errors: unknown });
  const wanted = writes.filter(({ key }) => keys?.includes(key) ?? true);
  if (wanted.length === 0) throw new Problem('nothing-to-reverse', keys ? 'None of these writes stands any more' : '');
  if (wanted.every(({ keptBecause }) => keptBecause !== null)) {
    const errors = wanted.map(({ key, keptBecause }) => ({ field: key, message: declared(keptBecause!) }));
    throw new Problem('not-reversible', 'Put right by a new case what cannot be taken back', { errors });
  }
  return wanted.slice(0, atMost);
}

async function unknownIn(db: Db, caseId: string, keys: readonly string[]): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const [n, key] of keys.entries()) {
    if ((await findAction(db, key))?.caseId === caseId) continue;
    errors.push({ field: `/actions/${n}`, message: 'is no write of this case' });
  }
  return errors;
}

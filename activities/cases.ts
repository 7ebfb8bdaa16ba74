import { z } from 'zod';
import { caseIdOf, longestCaseId } from '../core/declare/case-id.ts';
import { findDeclaredAction, findDefinition } from '../core/declare/find.ts';
import { findAction, hasUnsettled, standing } from '../store/actions.ts';
import { cancelAccepted, cancelBegun } from '../store/cancel.ts';
import { findCase, type StoredCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { accept, findOpenedBy } from '../store/inbox.ts';
import { type Db, transaction } from '../store/pool.ts';
import { addSignalOnce } from '../store/signals.ts';
import type { Systems } from '../systems/client.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import type { Dependencies } from './dependencies.ts';
import { problems } from './failures.ts';

/** What `cases.open` is given. */
const Opening = z.object({ process: z.string(), request: z.record(z.string(), z.unknown()) });
const refused = (code: string, message: string) => new SystemRefused('cases', code, message);

/** The systems of record and, beside them, Baton's own cases: another case is opened and reversed like any other write. */
export function withCases(deps: Dependencies): Systems {
  const { systems, pool } = deps;
  return {
    ...systems,
    write(operation, key, input, options) {
      if (operation === 'cases.open') return open(deps, key, input);
      if (operation === 'cases.reverse') return reverse(deps, key);
      return systems.write(operation, key, input, options);
    },
    async outcomeOf(operation, key, input, options) {
      if (operation === 'cases.reverse') return { state: 'none' }; // asking again does no harm
      if (operation !== 'cases.open') return systems.outcomeOf(operation, key, input, options);
      const entry = await findOpenedBy(pool, key);
      return entry ? { state: 'applied', result: { caseId: entry.caseId } } : { state: 'none' };
    },
  };
}

/** Stores the request as the API would, for the relay to deliver. Who asked for the opening case asks for this one. */
async function open(deps: Dependencies, key: string, input: unknown) {
  const opening = Opening.safeParse(input);
  if (!opening.success) throw refused('input-invalid', problems(opening.error));
  const { process, request: given } = opening.data;
  const definition = findDefinition(deps.definitions, process);
  if (!definition || definition.internal) throw refused('process-unknown', `No process ${process} is declared`);
  const request = definition.request.safeParse(given);
  if (!request.success) throw refused('request-invalid', problems(request.error));
  const { requester, clockOffsetMs, now } = await openerOf(deps.pool, key);
  const caseId = caseIdOf(definition, request.data);
  if (caseId.length > longestCaseId) throw refused('request-invalid', 'What makes its key is too long');
  const { entry } = await accept(deps.pool, {
    // No key from outside holds a blank, so that none can take this one's place.
    ...{ process, idempotencyKey: `opened by ${key}`, requestDigest: digest(request.data), caseId },
    ...{ request: request.data, requester, asOf: clockOffsetMs === 0 ? null : now, openedBy: key },
  });
  if (entry?.openedBy !== key) throw refused('case-exists', `${caseId} was opened before, by another`);
  return { caseId };
}

/** Whether something that it wrote stands, and is not irreversible. */
export async function mayBeTakenBack(
  { db, definitions }: Pick<Dependencies, 'definitions'> & { db: Db },
  caseId: string,
) {
  const writes = await standing(db, caseId);
  return writes.some((write) => findDeclaredAction(definitions, write)?.irreversible === undefined);
}

async function openerOf(db: Db, key: string): Promise<StoredCase> {
  const opener = await findCase(db, (await findAction(db, key))?.caseId ?? '');
  if (!opener) throw new Error(`No action ${key} is on record`);
  return opener;
}

/** Cancels the case that the action opened, and waits until it has taken its writes back. One that concluded is a person's. */
async function reverse(deps: Dependencies, undoKey: string) {
  const { pool } = deps;
  const entry = await findOpenedBy(pool, undoKey.replace(/\/undo$/, ''));
  if (!entry) throw refused('case-unknown', 'No case was opened under this key');
  const { caseId } = entry;
  const opened = await findCase(pool, caseId);
  if (opened?.closedAt) {
    const { outcome } = opened;
    if (await mayBeTakenBack({ ...deps, db: pool }, caseId))
      throw refused('case-concluded', `${caseId} concluded as ${outcome}, and what it wrote stands`);
    if (await hasUnsettled(pool, caseId))
      throw refused('case-unsettled', `${caseId} ended as ${outcome}, and nobody knows yet what of it stands`);
    return { caseId, outcome };
  }
  const body = { because: 'the case that opened it is compensated' };
  const cancellation = { caseId, by: 'baton', key: undoKey, body };
  if (!opened && (await cancelAccepted(pool, cancellation))) return { caseId, outcome: 'cancelled' };
  await transaction(pool, async (db) => {
    if (await cancelBegun(db, cancellation))
      await addSignalOnce(db, caseId, { signal: 'cancel', body: { by: undoKey } });
  });
  throw new SystemUnavailable('cases', `${caseId} is being compensated`, false);
}

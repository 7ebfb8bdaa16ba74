import { z } from 'zod';
import { processOfId } from '../core/declare/case-id.ts';
import { findDefinition } from '../core/declare/find.ts';
import { findAction, undoStage } from '../store/actions.ts';
import { findCase } from '../store/cases.ts';
import type { CallOptions, Outcome, Systems } from '../systems/client.ts';
import { SystemRefused } from '../systems/errors.ts';
import { queuesOf } from '../systems/queues-of.ts';
import { compensateWrite } from './compensation.ts';
import type { Dependencies } from './dependencies.ts';
import { later, parse } from './failures.ts';
import { writesOf } from './writes-of.ts';

const Wanted = z.object({ caseId: z.string(), actions: z.array(z.string()) });
const Undoing = z.object({ key: z.string() });
/** What Baton put into the reversal's request. */
const Reversing = Wanted.extend({ because: z.string() });

/** The systems of record and, beside them, what closed cases wrote: it is read and taken back as in a compensation. */
export function withReversal(deps: Dependencies): Systems {
  const { systems } = deps;
  return {
    ...systems,
    async read(operation: string, by: unknown, options: CallOptions) {
      if (operation !== 'cases.writes') return systems.read(operation, by, options);
      const { caseId, actions } = parse(Wanted, by, 'input-invalid');
      return { asOf: new Date().toISOString(), data: await ofOwner(deps, caseId, actions) };
    },
    write: (operation, key, input, options) =>
      operation === 'cases.undo' ? undo(deps, key, input) : systems.write(operation, key, input, options),
    outcomeOf: (operation, key, input, options) =>
      operation === 'cases.undo' ? outcomeOfUndo(deps, key, input) : systems.outcomeOf(operation, key, input, options),
  };
}

/** The writes as the owners of the case's process may see them, who approve the reversal. */
function ofOwner({ pool, definitions }: Dependencies, caseId: string, among: readonly string[]) {
  const owner = findDefinition(definitions, processOfId(caseId))?.owner ?? '';
  const maySee = (process: string) => {
    const definition = findDefinition(definitions, process);
    return definition !== undefined && queuesOf(definition).has(owner);
  };
  return writesOf(pool, definitions, { caseId, among, maySee });
}

/** The write it is about says what became of it. What was begun is finished, so that it can say so; fails as `undo` does meanwhile. */
async function outcomeOfUndo(deps: Dependencies, undoKey: string, input: unknown): Promise<Outcome> {
  const { key } = parse(Undoing, input, 'input-invalid');
  const stage = await undoStage(deps.pool, key);
  if (stage === 'at work') throw later('busy', 'The write is being taken back', deps.timing.localCallMs);
  if (stage === 'not begun') return { state: 'none' };
  return { state: 'applied', result: await undo(deps, undoKey, input) };
}

/** Takes a write of the closed case back. Fails as long as that is under way: `SystemUnavailable`, or `busy`. */
async function undo(deps: Dependencies, undoKey: string, input: unknown) {
  const { pool } = deps;
  const { key } = parse(Undoing, input, 'input-invalid');
  const reversal = (await findAction(pool, undoKey))!.caseId;
  const { caseId, actions, because } = Reversing.parse((await findCase(pool, reversal))!.request);
  const write = await findAction(pool, key);
  if (!write || write.caseId !== caseId || !actions.includes(key))
    throw new SystemRefused('cases', 'another-write', `${key} is none of the writes that ${reversal} is about`);
  const begun = write.undo !== null; // then whether it might be taken back was settled before
  const [standing] = begun ? [] : await ofOwner(deps, caseId, [key]);
  if (standing?.keptBecause) return { became: 'kept', because: standing.keptBecause };
  const { action, process } = write;
  const of = { key, action, process, because: `${reversal}: ${because}` };
  await compensateWrite(deps, of, ['intended', 'done', 'kept']);
  return { became: (await findAction(pool, key))!.state };
}

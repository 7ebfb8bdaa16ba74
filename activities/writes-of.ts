import { z } from 'zod';
import { findDeclaredAction } from '../core/declare/find.ts';
import { textsIn } from './free-texts.ts';
import { notTakenBack, type StoredAction } from '../store/actions.ts';
import { findCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import type { Db } from '../store/pool.ts';
import type { Relying } from '../store/reversals.ts';
import { findOpenTask } from '../store/tasks.ts';
import type { Dependencies } from './dependencies.ts';
import { reliedOnBy } from './relied-on.ts';
import { bytesOf } from './size.ts';

/** A write of a case that is not taken back: how it is, or why not. */
export interface Written {
  key: string;
  action: string;
  operation: string;
  input: unknown;
  result: unknown;
  compensatedBy: string | null;
  keptBecause: string | null;
}

/** Of which case, for whom: which processes' cases its reader may see. */
export interface Asked {
  caseId: string;
  among?: readonly string[];
  maySee: (process: string) => boolean;
}

type Definitions = Dependencies['definitions'];

const Opened = z.object({ caseId: z.string() });

/** In bytes of JSON. Of what is longer the digest is shown: all the writes of a case go through one step. */
const shownAtMost = 2_048;

/** The writes of a case that are not taken back, newest first. */
export async function writesOf(db: Db, definitions: Definitions, { caseId, among, maySee }: Asked): Promise<Written[]> {
  const writes = (await notTakenBack(db, caseId)).filter(({ key }) => among?.includes(key) ?? true);
  const request = (await findCase(db, caseId))?.request;
  const found: Written[] = [];
  for (const write of writes) {
    const { key, action, operation, input, result } = write;
    const compensatedBy = findDeclaredAction(definitions, write)?.compensatedBy ?? null;
    const keptBecause = await whyKept(db, definitions, write, request, maySee);
    found.push({ key, action, operation, input: shown(input), result: shown(result), compensatedBy, keptBecause });
  }
  return found;
}

async function whyKept(
  db: Db,
  definitions: Definitions,
  write: StoredAction,
  request: unknown,
  maySee: Asked['maySee'],
): Promise<string | null> {
  const { key, operation, state, input, result } = write;
  const declared = findDeclaredAction(definitions, write);
  if (declared?.compensatedBy === undefined)
    return `irreversible: ${declared?.irreversible ?? 'not declared any more'}`;
  if (state === 'unknown' || state === 'stuck') return somebodysTask(db, key, state);
  const opened = operation === 'cases.open' ? Opened.safeParse(result).data?.caseId : undefined;
  if (opened !== undefined && (await concludedAndStands(db, definitions, opened)))
    return `${opened}, which it opened, has concluded: reverse that case first`;
  const later = await reliedOnBy(db, definitions, key, madeIn(result, [request, input]));
  return later ? inWords(later, maySee) : null;
}

async function somebodysTask(db: Db, key: string, state: 'unknown' | 'stuck'): Promise<string> {
  const task = await findOpenTask(db, key, state === 'unknown' ? 'outcome-unknown' : 'undo-failed');
  const why = state === 'unknown' ? 'nobody knows whether it was applied' : 'it could not be taken back before';
  return task ? `${why}: complete its task ${task.id} first` : why;
}

const concludedAndStands = async (db: Db, definitions: Definitions, caseId: string): Promise<boolean> =>
  (await findCase(db, caseId))?.closedAt != null &&
  (await notTakenBack(db, caseId)).some((write) => findDeclaredAction(definitions, write)?.compensatedBy !== undefined);

/** What its reader can do about it. A case that they may not see is not named. */
function inWords({ caseId, process, open }: Relying, maySee: Asked['maySee']): string {
  const later = maySee(process) ? `${caseId}, which came later,` : 'a later case of another process';
  return open
    ? `${later} relies on it and is open: wait for its end, or have it cancelled`
    : `${later} relies on it: reverse that case first`;
}

const shown = (value: unknown): unknown => {
  const bytes = bytesOf(value);
  return bytes > shownAtMost ? { sha256: digest(value), bytes } : value;
};

/** The ids that a system made for a write: texts of its result that nobody gave it. Dates and amounts are none. */
function madeIn(result: unknown, given: readonly unknown[]): string[] {
  const known = new Set(textsIn(given));
  return [...new Set(textsIn(result))].filter((text) => isId(text) && !known.has(text));
}

const isId = (text: string): boolean =>
  /^(?=.*\d)\S{6,200}$/u.test(text) && !/^\d+\.\d+$/.test(text) && !z.iso.date().safeParse(text.slice(0, 10)).success;

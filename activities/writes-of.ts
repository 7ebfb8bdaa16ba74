import { z } from 'zod';
import { type StoredAction, standing } from '../store/actions.ts';
import { findCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import type { Db } from '../store/pool.ts';
import { namedBy } from '../store/reversals.ts';
import { type Dependencies, findDefinition } from './dependencies.ts';
import { mayBeTakenBack } from './cases.ts';
import { bytesOf } from './size.ts';

/** A write of a case that stands: how it is taken back, or why it is not. */
export interface Written {
  key: string;
  action: string;
  operation: string;
  input: unknown;
  result: unknown;
  compensatedBy: string | null;
  keptBecause: string | null;
}

const Opened = z.object({ caseId: z.string() });

/** In bytes of JSON. Of what is longer the digest is shown: all the writes of a case go through one step. */
const shownAtMost = 2_048;

/** The writes of a case that stand, newest first. */
export async function writesOf(
  db: Db,
  definitions: Dependencies['definitions'],
  caseId: string,
  among?: readonly string[],
): Promise<Written[]> {
  const writes = (await standing(db, caseId)).filter(({ key }) => among?.includes(key) ?? true);
  const request = (await findCase(db, caseId))?.request;
  const found: Written[] = [];
  for (const write of writes) found.push(await describe(db, definitions, write, request));
  return found;
}

async function describe(
  db: Db,
  definitions: Dependencies['definitions'],
  { key, process, action, operation, input, result }: StoredAction,
  request: unknown,
): Promise<Written> {
  const actions = findDefinition({ definitions }, process)?.actions ?? {};
  const declared = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const compensatedBy = declared?.compensatedBy ?? null;
  const write = { key, action, operation, input: shown(input), result: shown(result), compensatedBy };
  if (compensatedBy === null)
    return { ...write, keptBecause: `irreversible: ${declared?.irreversible ?? 'not declared any more'}` };
  const opened = operation === 'cases.open' ? Opened.safeParse(result).data?.caseId : undefined;
  if (
    opened !== undefined &&
    (await findCase(db, opened))?.closedAt &&
    (await mayBeTakenBack({ db, definitions }, opened))
  )
    return { ...write, keptBecause: `${opened}, which it opened, has concluded: reverse that case first` };
  const ids = madeIn(result, [request, input]);
  const later = ids.length > 0 ? await namedBy(db, key, ids) : undefined;
  return { ...write, keptBecause: later === undefined ? null : `${later}, which came later, relies on it` };
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

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

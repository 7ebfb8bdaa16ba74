import { createPatch, type Operation } from 'rfc6902';
import type { StoredHandoff } from './handoffs.ts';
import { type Db, row } from './pool.ts';

/** What may differ from one version of a handoff to the next. */
interface Shown {
  mayAmend: string[];
  hidden: string[];
  questions: unknown[];
  /** Null: as it was opened. */
  terms: unknown;
}

/** A field that is hidden is not there. */
export const without = (value: unknown, hidden: readonly string[]): unknown =>
  value && typeof value === 'object' && hidden.length > 0
    ? Object.fromEntries(Object.entries(value).filter(([field]) => !hidden.includes(field)))
    : value;

/**
 * What changed in what a handoff shows, from a version that somebody read to the one that it has: a JSON Patch (RFC 6902) over
 * `packet`, `terms`, `mayAmend`, `hidden` and `questions`. Undefined where there was no such version.
 */
export async function changesSince(
  db: Db,
  { id, version, packet, terms, hidden: drafts }: StoredHandoff,
  read: number,
): Promise<Operation[] | undefined> {
  const find = async (wanted: number) => {
    const found = await row<{ shown: Shown }>(
      db,
      'versions.find',
      'select shown from handoff_versions where handoff_id = $1 and version = $2',
      [id, wanted],
    );
    if (!found) return undefined;
    const { hidden, terms: changed, ...rest } = found.shown;
    return { ...rest, hidden, packet: without(packet, drafts), terms: without(changed ?? terms, hidden) };
  };
  const [before, now] = [await find(read), await find(version)];
  return before && now && createPatch(before, now);
}

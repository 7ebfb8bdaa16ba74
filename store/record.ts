import { createHash } from 'node:crypto';
import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';

/** One thing that happened in a case. `actor` is a person, or the part of Baton that did it (`policy:…`, `model:…`, `baton`). */
export interface Entry {
  caseId: string;
  type: string;
  key: string;
  actor: string;
  body: unknown;
}

/** A line of the record as it is exported, one JSON object per line. `previous` is '' on the first. */
export interface Line extends Entry {
  seq: number;
  at: string;
  previous: string;
  hash: string;
}

/** The arguments of the SQL function `append_record` for one entry, in its order. */
export function appending({ caseId, type, key, actor, body }: Entry): [string, string, string, string, string, string] {
  const json = JSON.stringify(body ?? null);
  const content = digest({ caseId, type, key, actor, body: JSON.parse(json) as unknown });
  return [caseId, type, key, actor, json, content];
}

/** Appends one line; the same key and type twice is one line. */
export async function append(db: Db, entry: Entry): Promise<void> {
  await row(db, 'record.append', 'select append_record($1, $2, $3, $4, $5, $6)', appending(entry));
}

export async function readRecord(db: Db, caseId: string, after = 0, limit = 1_000): Promise<Line[]> {
  return rows<Line>(
    db,
    'record.read',
    `select case_id as "caseId", seq, type, key, at, actor, body, previous, hash from record
     where case_id = $1 and seq > $2 order by seq limit $3`,
    [caseId, after, limit],
  );
}

/** Verifies a chain read from its first line on; answers the first line that does not follow, or undefined. Needs no store. */
export function firstBroken(lines: readonly Line[]): Line | undefined {
  let previous = '';
  for (const [index, line] of lines.entries()) {
    const { caseId, type, key, actor, body, seq, at, hash } = line;
    const content = digest({ caseId, type, key, actor, body });
    const expected = createHash('sha256').update(`${previous}\n${seq}\n${at}\n${content}`).digest('hex');
    if (seq !== index + 1 || line.previous !== previous || hash !== expected) return line;
    previous = hash;
  }
  return undefined;
}

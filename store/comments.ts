import type { Cursor } from './cursor.ts';
import type { StoredHandoff } from './handoffs.ts';
import { type Db, row, rows } from './pool.ts';
import { append } from './record.ts';

/** What somebody remarked on a handoff. Never changed. */
export interface StoredComment {
  id: number;
  by: string;
  text: string;
  at: Date;
}

const columns = 'id, by, text, at';

/** Adds a remark, with its line of the record; what the handoff shows, and its version, stay as they are. */
export async function comment(
  db: Db,
  { id: handoffId, caseId }: StoredHandoff,
  by: string,
  text: string,
): Promise<StoredComment> {
  const added = (await row<StoredComment>(
    db,
    'comments.add',
    `insert into comments (handoff_id, case_id, by, text) values ($1, $2, $3, $4) returning ${columns}`,
    [handoffId, caseId, by, text],
  ))!;
  const key = `${handoffId}/comment-${added.id}`;
  await append(db, { caseId, type: 'handoff.commented', key, actor: by, body: { handoff: handoffId, text } });
  return added;
}

/** Oldest first. */
export const listComments = (db: Db, handoffId: string, after: Cursor | undefined, limit: number) =>
  rows<StoredComment & { cursor: Cursor }>(
    db,
    'comments.list',
    `select ${columns}, json_build_object('closed', false, 'by', id::text, 'id', id::text) as cursor from comments
     where handoff_id = $1 and ($2::bigint is null or id > $2) order by id limit $3`,
    [handoffId, after?.by ?? null, limit],
  );

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

/** What tells a remark that is sent again from another is its `key`; none where it is always another. */
export interface Remark {
  by: string;
  text: string;
  key: string | null;
}

/**
 * Adds a remark, with its line of the record, or answers the one that came before it under the same person's key; what the handoff
 * shows, and its version, stay as they are.
 */
export async function comment(
  db: Db,
  { id: handoffId, caseId }: StoredHandoff,
  { by, text, key: sentAs }: Remark,
): Promise<StoredComment> {
  const added = await row<StoredComment>(
    db,
    'comments.add',
    `insert into comments (handoff_id, case_id, by, text, key) values ($1, $2, $3, $4, $5)
     on conflict (handoff_id, by, key) do nothing returning ${columns}`,
    [handoffId, caseId, by, text, sentAs],
  );
  if (!added) return (await sentBefore(db, handoffId, by, sentAs))!;
  const key = `${handoffId}/comment-${added.id}`;
  await append(db, { caseId, type: 'handoff.commented', key, actor: by, body: { handoff: handoffId, text } });
  return added;
}

const sentBefore = (db: Db, handoffId: string, by: string, key: string | null) =>
  row<StoredComment>(
    db,
    'comments.by_key',
    `select ${columns} from comments where handoff_id = $1 and by = $2 and key = $3`,
    [handoffId, by, key],
  );

/** Oldest first. */
export const listComments = (db: Db, handoffId: string, after: Cursor | undefined, limit: number) =>
  rows<StoredComment & { cursor: Cursor }>(
    db,
    'comments.list',
    `select ${columns}, json_build_object('closed', false, 'by', id::text, 'id', id::text) as cursor from comments
     where handoff_id = $1 and ($2::bigint is null or id > $2) order by id limit $3`,
    [handoffId, after?.by ?? null, limit],
  );

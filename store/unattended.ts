import type { StoredHandoff } from './handoffs.ts';
import type { Db } from './pool.ts';
import { append } from './record.ts';

/** Puts on the record that nobody is behind the queue of a handoff, once. */
export const noteUnattended = (
  db: Db,
  { id, caseId, owner, escalateTo }: Pick<StoredHandoff, 'id' | 'caseId' | 'owner' | 'escalateTo'>,
): Promise<void> =>
  append(db, { caseId, type: 'handoff.unattended', key: id, actor: 'baton', body: { owner, escalateTo } });

import { type Db, row } from './pool.ts';
import { append } from './record.ts';

/** Work no workflow can finish: it has an owner and a deadline, and stands in the record. */
export interface Work {
  caseId: string;
  key: string;
  kind: 'undo-failed' | 'outcome-unknown' | 'message-failed' | 'key-reused' | 'terminated' | 'reconciliation';
  owner: string;
  because: string;
  detail: unknown;
  dueAt: Date;
}

/** The same key and kind twice is one piece of work. */
export async function openWork(db: Db, work: Work): Promise<void> {
  const { caseId, key, kind, owner, because, detail, dueAt } = work;
  await row(
    db,
    'work.open',
    `insert into work (case_id, key, kind, owner, because, detail, due_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (key, kind) do nothing`,
    [caseId, key, kind, owner, because, JSON.stringify(detail), dueAt],
  );
  await append(db, { caseId, type: `work.${kind}`, key, actor: 'baton', body: { owner, because, dueAt, detail } });
}

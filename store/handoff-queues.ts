import { type Db, rows } from './pool.ts';

export interface HandoffQueue {
  process: string;
  /** That was asked first; `(a person)` where one was. */
  queue: string;
  kind: 'decision' | 'task';
}

/** Whose these handoffs are, without a person's name; of each that is there, by its id. */
export async function handoffQueues(db: Db, ids: readonly string[]): Promise<Map<string, HandoffQueue>> {
  const found = await rows<HandoffQueue & { id: string }>(
    db,
    'handoffs.queues',
    `select id, process, kind, case when person is null then first_owner else '(a person)' end as queue
     from handoffs where id = any($1)`,
    [ids],
  );
  return new Map(found.map(({ id, ...whose }) => [id, whose]));
}

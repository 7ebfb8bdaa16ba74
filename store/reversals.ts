import { reversalProcess } from '../core/declare/reversal.ts';
import { type Db, row, rows } from './pool.ts';

/** Locks the case row until the transaction ends; answers whom the case is about. */
export const lockCase = (db: Db, caseId: string) =>
  row<{ about: string[] }>(db, 'reversals.lock', 'select about from cases where case_id = $1 for update', [caseId]);

/** Every reversal of this case, the newest first. */
export const reversalsOf = (db: Db, caseId: string) =>
  rows<{ caseId: string; actions: string[]; open: boolean }>(
    db,
    'reversals.of',
    `select i.case_id as "caseId", i.request->'actions' as actions, c.closed_at is null as open
     from inbox i left join cases c on c.case_id = i.case_id
     where i.process = '${reversalProcess}' and i.request->>'caseId' = $1 order by i.id desc`,
    [caseId],
  );

const stands = `'intended', 'done', 'unknown', 'stuck', 'kept'`;

/**
 * The first other case, later than the write, in whose request or in an input of whose writes one of these texts stands, and of
 * which something stands or is still to come.
 */
export const namedBy = async (db: Db, key: string, texts: readonly string[]): Promise<string | undefined> =>
  (
    await row<{ caseId: string }>(
      db,
      'reversals.namedBy',
      `with written as (select case_id, at from actions where key = $1),
       named as (select unnest($2::text[]) as text),
       asking as materialized (
         select c.case_id, c.opened_at, c.closed_at from cases c, written w, named n
         where c.opened_at > w.at and c.case_id <> w.case_id and c.process <> '${reversalProcess}'
           and strpos(c.request::text, n.text) > 0),
       writing as materialized (
         select a.case_id, a.state from actions a, written w, named n
         where a.at > w.at and a.case_id <> w.case_id and a.process <> '${reversalProcess}'
           and a.state in (${stands}) and strpos(a.input::text, n.text) > 0)
       select case_id as "caseId" from (
         select case_id, opened_at as at from asking where closed_at is null
           or exists (select from actions a where a.case_id = asking.case_id and a.state in (${stands}))
         union all
         select case_id, (select opened_at from cases c where c.case_id = writing.case_id) from writing) found
       order by at limit 1`,
      [key, texts.map((text) => JSON.stringify(text))],
    )
  )?.caseId;

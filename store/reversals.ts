import { reversalProcess } from '../core/declare/reversal.ts';
import { type Db, rows } from './pool.ts';

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

/** What may rely on a write: the request of an open case, or a write (`action`) of an open or closed one. */
export interface Relying {
  caseId: string;
  process: string;
  action: string | null;
  open: boolean;
  value: unknown;
}

/** Requests and writes of other cases, later than the write and still of effect, in which one of these texts stands; the earliest first. */
export const mayRely = (db: Db, key: string, texts: readonly string[]) =>
  rows<Relying>(
    db,
    'reversals.mayRely',
    `with written as (select case_id, at from actions where key = $1),
     named as (select unnest($2::text[]) as text)
     select case_id as "caseId", process, action, open, value from (
       select c.case_id, c.process, null as action, true as open, c.request as value, c.opened_at
       from cases c, written w
       where c.closed_at is null and c.opened_at > w.at and c.case_id <> w.case_id and c.process <> '${reversalProcess}'
         and exists (select from named n where strpos(c.request::text, n.text) > 0)
       union all
       select c.case_id, a.process, a.action, c.closed_at is null, a.input, c.opened_at
       from written w, actions a join cases c using (case_id)
       where a.at > w.at and a.case_id <> w.case_id and a.process <> '${reversalProcess}'
         and a.state in ('intended', 'done', 'unknown', 'stuck', 'kept')
         and exists (select from named n where strpos(a.input::text, n.text) > 0)) found
     order by opened_at, case_id`,
    [key, texts.map((text) => JSON.stringify(text))],
  );

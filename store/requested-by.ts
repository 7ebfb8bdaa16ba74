import { listed, type ListedCase } from './cases.ts';
import type { Cursor } from './cursor.ts';
import { type Db, rows } from './pool.ts';

/** What a person asked for, newest first; of a request that has not begun no more than its place. `after`: only what is behind this place. */
export const requestedBy = (
  db: Db,
  requester: string,
  { after, limit }: { after: Cursor | undefined; limit: number },
): Promise<((ListedCase | { caseId: null }) & { cursor: Cursor })[]> =>
  rows(
    db,
    'cases.requestedBy',
    `with asked as (
       select case_id, opened_at as at from cases where requester = $1
       union all
       select case_id, created_at from inbox i where requester = $1 and not opened
         and not exists (select from cases c where c.case_id = i.case_id)
     ), picked as (
       select case_id, at from asked where $2::timestamptz is null or (at, case_id) < ($2, $3::text)
       order by at desc, case_id desc limit $4
     )
     select l.*, json_build_object('closed', false, 'by', at::text, 'id', p.case_id) as cursor
     from picked p left join lateral (${listed} where c.case_id = p.case_id) l on true
     order by at desc, p.case_id desc`,
    [requester, after?.by ?? null, after?.id ?? null, limit],
  );

import { type Db, row, rows } from './pool.ts';

/** One sum of one case: what is read of the other cases under the same key. */
export interface Asked {
  key: string;
  within: string;
  items: readonly { item: string }[];
}

/** The writes by which terms take effect, and which kind of write that is. */
export interface Writes {
  termsName: string;
  actions: readonly string[];
}

export const requesterOf = async (db: Db, caseId: string): Promise<string> =>
  (await row<{ requester: string }>(db, 'sums.requester', 'select requester from cases where case_id = $1', [caseId]))
    ?.requester ?? '';

/** Until the transaction ends, nobody else rules on what is counted under these keys. Always in one order, so that none waits for the other. */
export async function lockSums(db: Db, keys: readonly string[]): Promise<void> {
  await rows(
    db,
    'sums.lock',
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
     from (select distinct unnest($1::text[]) as key order by key) keys`,
    [[...keys]],
  );
}

/**
 * What other cases had, in the order in which it was asked for. A case counts with the terms that it was last ruled on: while it
 * is open and they may still be written, and once written as long as a write stands that was made within the time.
 */
export const elsewhere = (
  db: Db,
  caseId: string,
  { termsName, actions }: Writes,
  asked: readonly Asked[],
): Promise<{ amount: number; cases: number }[]> =>
  rows(
    db,
    'sums.elsewhere',
    `select coalesce(sum(other.amount), 0)::bigint as amount, count(distinct other.case_id)::int as cases
     from json_to_recordset($1) as asked (n int, key text, within interval, own json)
     left join lateral (
       select distinct on (k.item) k.item, k.amount, k.case_id
       from counted k join rulings r on r.id = k.ruling join cases c on c.case_id = k.case_id
       where k.key = asked.key and k.case_id <> $2
         and (c.closed_at is null or c.closed_at > clock_timestamp() - asked.within)
         and k.item not in (select json_array_elements_text(asked.own))
         and not exists (
           select 1 from rulings later
           where later.case_id = r.case_id and later.terms_name = $3 and later.policy = r.policy and later.counted and later.at > r.at)
         and (
           (c.closed_at is null and c.writes_closed_at is null
             and not exists (
               select 1 from rulings later
               where later.case_id = r.case_id and later.terms_name = $3 and later.policy = r.policy and later.at > r.at)
             and not exists (
               select 1 from decisions d join handoffs h on h.id = d.handoff_id
               where h.case_id = r.case_id and h.terms_name = $3 and d.verdict <> 'approved' and d.at > r.at))
           or exists (
             select 1 from actions a
             where a.case_id = k.case_id and a.action = any ($4) and a.at > clock_timestamp() - asked.within
               and a.state in ('intended', 'done', 'unknown', 'kept', 'stuck')))
     ) other on true
     group by asked.n order by asked.n`,
    [
      JSON.stringify(
        asked.map(({ key, within, items }, n) => ({ n, key, within, own: items.map(({ item }) => item) })),
      ),
      ...[caseId, termsName, [...actions]],
    ],
  );

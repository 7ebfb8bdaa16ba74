import { listed, type ListedCase } from './cases.ts';
import type { Cursor } from './cursor.ts';
import { everyCase, foundCases, type Search, type Withheld } from './find-cases.ts';
import { type Db, rows } from './pool.ts';
import { type Reader, seenBy } from './seen-cases.ts';

export interface Wanted {
  process?: string | undefined;
  outcome?: string | undefined;
  stage?: string | undefined;
  owner?: string | undefined;
  requester?: string | undefined;
  /** Opened from then on, and before then, by the database's clock. */
  from?: string | undefined;
  to?: string | undefined;
  /** Words, each the beginning of one that the case is found by. */
  q?: string | undefined;
  withheld: readonly Withheld[];
  /** Only what they see. */
  visibleTo?: Reader | undefined;
  /** Only those behind this place, for the next page. */
  after?: Cursor | undefined;
  limit: number;
}

/** What every open case waits for, soonest first; read once for all, not case by case. */
const due = `
  select case_id, min(at) as at from (
    select case_id, case sla_stage when 'escalated' then coalesce(expires_at, escalates_at) else escalates_at end as at
    from handoffs where state = 'open' and case_waits
    union all
    select case_id, until from awaited where event_id is null and not over and until > now()
    union all
    select case_id, null from held where since is not null
  ) waits group by case_id`;

const asked = `($1::text is null or process = $1) and ($2::text is null or outcome = $2)
  and ($5::text is null or ${seenBy('$5', '$7', '$13', '$14')})
  and ($15::text is null or requester = $15)
  and ($16::timestamptz is null or opened_at >= $16) and ($17::timestamptz is null or opened_at < $17)
  and ($4::text is null or exists (
    select 1 from handoffs h where h.case_id = c.case_id and h.state = 'open' and (h.owner = $4 or (h.first_owner = $4 and h.person is null and h.sla_stage = 'escalated'))
               and h.case_waits and c.writes_closed_at is null and c.closed_at is null)
    or exists (select 1 from awaited a where a.case_id = c.case_id and a.owner = $4
               and a.event_id is null and not a.over and a.until > now()))`;

/** Those that wait come by what is due, and behind them those at work, newest first. */
const byDue = `coalesce(extract(epoch from due.at), 1000000000000 - extract(epoch from opened_at))`;

const stageOfOpen = `case when exists (select from stuck_cases s where s.case_id = c.case_id) then 'stuck'
  when writes_closed_at is not null then 'compensating' when due.case_id is not null then 'waiting' else 'running' end`;

/** Accepted ones that a bug stops before they begin: they are at no work, and have nothing yet that could be due. */
const unbegun = (alsoHolds: string) => `
  select p.case_id, false, u.num, u.num::text from inbox p join stuck_cases using (case_id),
    lateral (select 1000000000000 - extract(epoch from created_at) as num) u
  where not opened and not $8 and ($1::text is null or process = $1) and $2::text is null and $4::text is null
    and ($5::text is null or requester = $5 or process = any ($7::text[])) and ($3::text is null or $3 = 'stuck')
    and ($15::text is null or requester = $15)
    and ($16::timestamptz is null or created_at >= $16) and ($17::timestamptz is null or created_at < $17) ${alsoHolds}
    and ($9::numeric is null or (u.num, p.case_id) > ($9, $10::text))
  order by 3, 1 limit $6`;

function statement({ found, cases, accepted, page }: Search): string {
  const open = `
    select c.case_id, false as is_closed, ${byDue} as num, ${byDue}::text as by, process
    from ${cases} left join due using (case_id)
    where closed_at is null and not $8 and ${asked} and ($3::text is null or $3 = ${stageOfOpen})
      and ($9::numeric is null or (${byDue}, c.case_id) > ($9, $10::text))`;
  const closed = `
    select c.case_id, true as is_closed, -extract(epoch from opened_at) as num, opened_at::text as by, process
    from ${cases}
    where closed_at is not null and ${asked} and ($3::text is null or $3 = 'closed')
      and ($11::timestamptz is null or (opened_at, c.case_id) < ($11, $12::text))`;
  const place = 'select case_id, is_closed, num, by from';
  return `with ${found} due as (${due}), picked as (
      ${place} (${page(open, 'num, c.case_id')}) o
      union all (${unbegun(accepted)})
      union all ${place} (${page(closed, 'opened_at desc, c.case_id desc')}) o)
    select l.*, json_build_object('closed', is_closed, 'by', by, 'id', p.case_id) as cursor
    from (select * from picked order by is_closed, num, case_id limit $6) p
      left join lateral (${listed} where c.case_id = p.case_id) l on true
    order by is_closed, num, p.case_id`;
}

/** Open ones first, of these what is due first; then the closed ones, newest first. One that has not begun is none but its place. */
export const listCases = (
  db: Db,
  wanted: Wanted,
): Promise<((ListedCase | { caseId: null }) & { cursor: Cursor })[]> => {
  const { process, outcome, stage, owner, requester, from, to, q, withheld, visibleTo, after, limit } = wanted;
  const open = after && !after.closed ? after : undefined;
  const closed = after?.closed ? after : undefined;
  const search = q === undefined ? everyCase : foundCases;
  return rows(db, search.name, statement(search), [
    ...[process, outcome, stage, owner, visibleTo?.requester].map((value) => value ?? null),
    ...[limit, visibleTo ? [...visibleTo.processes] : null, closed !== undefined],
    ...[open?.by, open?.id, closed?.by, closed?.id].map((value) => value ?? null),
    ...[JSON.stringify(visibleTo?.named ?? []), [...(visibleTo?.roles ?? [])]],
    ...[requester, from, to].map((value) => value ?? null),
    ...(q === undefined ? [] : [q, JSON.stringify(withheld)]),
  ]);
};

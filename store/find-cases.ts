import { type Db, row } from './pool.ts';
import { type Reader, seenBy, seenByValues } from './seen-cases.ts';

/** Fields of the requests of a process that hold what is withheld. */
export interface Withheld {
  process: string;
  fields: readonly string[];
}

/** How a list of cases is narrowed to what words find, if any are given ($18), for all but what is withheld ($19). */
export interface Search {
  name: string;
  /** A table of its own that `cases` reads. */
  found: string;
  cases: string;
  /** What accepted requests must hold besides. */
  accepted: string;
  /** The first $6 of a part of the list, in its order. */
  page(part: string, order: string): string;
}

export const everyCase: Search = {
  ...{ name: 'cases.list', found: '', cases: 'cases c', accepted: '' },
  page: (part, order) => `${part} order by ${order} limit $6`,
};

/**
 * Whether what these words find is also found without those that a withheld field has, too; the case or the accepted request is `p`,
 * or has `request`.
 */
const isShown = (
  words: string,
) => `(not exists (select from json_to_recordset($19) as o (process text) where o.process = p.process)
  or ts_delete(${words}, tsvector_to_array(found_by('', '', (
    select jsonb_object_agg(field, request::jsonb->field) from json_to_recordset($19) as o (process text, fields text[]), unnest(fields) field
    where o.process = p.process)))) @@ find_query($18))`;

const ofRequest = `found_by(split_part(case_id, '/', 2), requester, request::jsonb)`;

/** What is withheld is looked at in the order of the list: no further than the page goes. */
export const foundCases: Search = {
  name: 'cases.found',
  // As a subquery its value is not known when the plan is made: of a beginning of a word the planner expects far too many.
  found: 'found as materialized (select case_id from case_words where words @@ (select find_query($18))),',
  cases: 'found join cases c using (case_id)',
  accepted: `and ${ofRequest} @@ find_query($18) and ${isShown(ofRequest)}`,
  page: (part, order) => `
    select * from (${part} order by ${order} offset 0) p
    where (select ${isShown('words')} from case_words join cases using (case_id) where case_id = p.case_id) limit $6`,
};

/** How many cases words may fit: what fits more finds none of them, and would cost seconds. */
export const fitsAtMost = 10_000;

/** Only of cases that they may see: else the refusal would tell of the others. */
export async function fitsTooMany(db: Db, q: string, visibleTo: Reader | undefined): Promise<boolean> {
  const found = await row(
    db,
    `cases.fitsTooMany ${visibleTo ? 'some' : 'all'}`,
    visibleTo
      ? `select 1 from case_words join cases c using (case_id) where words @@ (select find_query($1)) and ${seenBy('$3', '$4', '$5', '$6')}
         limit 1 offset $2`
      : 'select 1 from case_words where words @@ find_query($1) limit 1 offset $2',
    [q, fitsAtMost, ...(visibleTo ? seenByValues(visibleTo) : [])],
  );
  return found !== undefined;
}

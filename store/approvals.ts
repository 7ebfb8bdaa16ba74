import { isSameName } from '../rules/canonical.ts';
import { digest } from './digest.ts';
import { editsOf } from './edits.ts';
import type { NewDecision, StoredHandoff } from './handoffs.ts';
import { type Db, row } from './pool.ts';
import { appending } from './record.ts';

/** One of several approvals that a handoff asks for. */
export interface GivenApproval {
  by: string;
  /** Whom they stood in for. */
  for: string | null;
  because: string;
  terms: unknown;
  at: string;
}

/** Those that count, of a handoff `h`, in the order in which they were given. */
export const given = `case when h.approvals_needed = 1 then '[]' else (
    select coalesce(json_agg(json_build_object('by', by, 'for', for_person, 'because', because, 'terms', terms, 'at', at) order by n), '[]')
    from approvals_counted where handoff_id = h.id) end`;

/** The terms as they are now: an approver may have changed them, while others must still approve. */
export const currentTerms = ({ terms, given: approvals }: Pick<StoredHandoff, 'terms' | 'given'>): unknown =>
  approvals.length > 0 ? approvals.at(-1)!.terms : terms;

/** Whether this person has approved it already, be it by or for another. */
export const hasApproved = ({ given: approvals }: StoredHandoff, person: string): boolean =>
  approvals.some((one) => isSameName(one.by, person) || isSameName(one.for, person));

/**
 * Whether this person approved a handoff of the same case that must be another's than this one, or another did in their name. Read
 * with the case locked, so that nobody approves both at once.
 */
export const approvedAnother = async (db: Db, { id }: StoredHandoff, person: string): Promise<boolean> =>
  (await row<{ another: boolean }>(db, 'approvals.another', 'select approved_another($1, $2) as another', [
    ...[id, [person]],
  ]))!.another;

/** Who has had so much to do with what is asked that another must decide it. */
export interface Authors {
  /** Of its case: see `askers_of`. */
  askers: string[];
  /** Of what it shows: see `reworkers_of`. */
  reworkers: string[];
}

export const authorsOf = async (db: Db, { id, caseId }: StoredHandoff): Promise<Authors> =>
  (await row<Authors>(db, 'approvals.authors', 'select askers_of($1) as askers, reworkers_of($2) as reworkers', [
    ...[caseId, id],
  ]))!;

/**
 * Keeps one approval of a handoff that the caller holds locked and that asks for several. Changed terms begin the count again.
 * Answers whether it was the last that was needed.
 */
export async function addApproval(db: Db, handoff: StoredHandoff, decision: NewDecision): Promise<boolean> {
  const { id, caseId, approvalsNeeded: needed, given: before } = handoff;
  const { by, role, because, for: forPerson, delegation } = decision;
  const current = currentTerms(handoff);
  const terms = decision.terms ?? current;
  const changed = digest(terms) !== digest(current);
  const counted = changed ? 1 : before.length + 1;
  const lapsed = changed ? before.map((one) => one.by) : [];
  const edits = editsOf(current, terms, handoff.drafts);
  const n = await nextNumber(db, id);
  const body = { role, for: forPerson, delegation, because, terms, edits, given: counted, needed, lapsed };
  await row(
    db,
    'approvals.add',
    `with approval as (
       insert into approvals (handoff_id, n, case_id, by, for_person, delegation, role, because, terms, starts_again)
       values ($7, $8, $1, $4, $9, $10, $11, $12, $13, $14)),
     freed as (update handoffs set claimed_by = null, version = version + $15 where id = $7)
     select append_record($1, $2, $3, $4, $5, $6)`,
    [
      ...appending({ caseId, type: 'handoff.approval-given', key: `${id}/approval-${n}`, actor: by, body }),
      ...[id, n, forPerson ?? null, delegation ?? null, role, because, JSON.stringify(terms)],
      ...[changed || before.length === 0, changed ? 1 : 0],
    ],
  );
  return counted >= needed;
}

const nextNumber = async (db: Db, id: string): Promise<number> =>
  (await row<{ n: number }>(
    db,
    'approvals.next',
    'select count(*)::int + 1 as n from approvals where handoff_id = $1',
    [id],
  ))!.n;

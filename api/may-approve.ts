import { findDefinition } from '../core/declare/find.ts';
import { currentTerms, hasApproved } from '../store/approvals.ts';
import type { StoredHandoff } from '../store/handoffs.ts';
import type { Db } from '../store/pool.ts';
import { type Authority, beyondLimit, peopleOf } from './authority.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import { pointerOf } from '../rules/json-pointer.ts';

/** Throws `Problem` unless these terms may be approved so: once by each person, within the limits of each. */
export async function mayApprove(
  db: Db,
  handoff: StoredHandoff,
  authority: Authority,
  amended: unknown,
): Promise<void> {
  const again = peopleOf(authority).find((person) => hasApproved(handoff, person));
  if (again !== undefined) throw new Problem('already-approved', `${again} did`);
  const beyond = await beyondLimit(db, handoff, authority, amended ?? currentTerms(handoff));
  if (beyond === undefined) return;
  const { each, amount } = handoff.limitedBy!;
  const errors = (each ?? [amount]).map((field) => ({
    field: pointerOf([amended === undefined ? 'terms' : 'amend', field]),
    message: `is more than ${beyond} may approve, or in another currency` as const,
  }));
  throw new Problem('limit-exceeded', '', { errors });
}

/** Throws `Problem` where the contract asks for a reason, and there is none. */
export function mustSayWhy(
  { definitions }: Deps,
  { process, name }: StoredHandoff,
  verdict: 'approved' | 'rejected',
  amended: boolean,
  because: string,
): void {
  const { reasonFor = [] } = findDefinition(definitions, process)?.handoffs[name] ?? {};
  const isAsked = reasonFor.includes(verdict) || (amended && reasonFor.includes('amended'));
  if (!isAsked || because.trim() !== '') return;
  throw new Problem('reason-required', '', { errors: [{ field: '/because', message: 'must say why' }] });
}

import type { LimitedBy } from '../core/declare/authority.ts';
import { directoryName } from '../rules/canonical.ts';
import { type Db, row } from './pool.ts';

/** Up to which amount, in minor units of this currency, somebody decides in a queue. */
export interface AuthorityLimit {
  queue: string;
  amount: number;
  currency: string;
}

type Scope = 'person' | 'queue';

/** As they were said last; `by` and `at` null where nothing was ever said. */
export interface Limits {
  limits: AuthorityLimit[];
  by: string | null;
  at: Date | null;
}

export async function limitsOf(db: Db, scope: Scope, name: string): Promise<Limits> {
  const found = await row<Limits>(
    db,
    'limits.of',
    'select limits, by, at from limit_changes where scope = $1 and name = $2 order by id desc limit 1',
    [scope, name],
  );
  return found ?? { limits: [], by: null, at: null };
}

/**
 * Replaces the limits of a person, however they are spelled, or those of whoever is in a queue. Once it answers, every write that begins
 * is held to them.
 */
export async function setLimits(
  db: Db,
  scope: Scope,
  name: string,
  limits: readonly AuthorityLimit[],
  by: string,
): Promise<void> {
  await row(
    db,
    'limits.set',
    `with locked as materialized (select change_controls())
     insert into limit_changes (scope, name, limits, by)
     select $1, case $1 when 'person' then known_person($2, $5) else $2 end, $3, $4 from locked`,
    [scope, name, JSON.stringify(limits), by, directoryName(name)],
  );
}

/** Whether this person decides on these terms in the name of this role, by the limits of now. */
export const isWithinLimit = async (
  db: Db,
  person: string,
  role: string,
  limitedBy: LimitedBy,
  terms: unknown,
): Promise<boolean> =>
  (await row<{ within: boolean }>(db, 'limits.within', 'select within_limit($1, $2, $3, $4) as within', [
    ...[person, role, JSON.stringify(limitedBy), JSON.stringify(terms)],
  ]))!.within;

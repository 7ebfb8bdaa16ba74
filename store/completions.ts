import type { Finding } from '../core/declare/tasks.ts';
import type { ActionState, StoredAction } from './actions.ts';
import type { StoredHandoff } from './handoffs.ts';
import { type Db, row } from './pool.ts';
import { appending } from './record.ts';

export interface NewCompletion {
  found: Finding;
  /** What the system calls it, such as a number of the effect that was found. */
  reference?: string | undefined;
  /** What the write answered, as far as it was found out. */
  result?: unknown;
  by: string;
  /** Whom they stand in for. */
  for?: string | undefined;
  /** The role in whose name. */
  role: string;
  because: string;
}

/** Stores the one completion of a task that the caller holds locked and open. */
export async function complete(db: Db, task: StoredHandoff, completion: NewCompletion): Promise<void> {
  const { id, caseId, version } = task;
  const { found, reference, result, by, for: forPerson, role, because } = completion;
  await row(
    db,
    'completions.add',
    `with completed as (update handoffs set state = 'completed', version = version + 1 where id = $3),
     completion as (
       insert into completions (handoff_id, case_id, found, reference, result, by, role, because, for_person)
       values ($3, $1, $7, $8, $9, $10, $11, $12, $13))
     select append_record($1, $2, $3, $4, $5, $6)`,
    [
      ...appending({
        caseId,
        type: 'handoff.completed',
        key: id,
        actor: by,
        body: { found, reference, result, role, for: forPerson, because, version },
      }),
      ...[found, reference ?? null, result === undefined ? null : JSON.stringify(result), by, role, because],
      forPerson ?? null,
    ],
  );
}

/** What a person found became of a write that was in one of these states, with its line of the record. */
export async function settleFound(
  db: Db,
  { key, caseId }: Pick<StoredAction, 'key' | 'caseId'>,
  from: readonly ActionState[],
  state: Exclude<ActionState, 'intended'>,
  { by, ...body }: { by: string; because: string; result?: unknown },
): Promise<void> {
  await row(
    db,
    'completions.settle',
    `with settled as (
       update actions set state = $7, result = coalesce($8::json, result)
       where key = $3 and state = any ($9::text[]) and state <> $7 returning key)
     select append_record($1, $2, $3, $4, $5, $6) from settled`,
    [
      ...appending({ caseId, type: `action.${state}`, key, actor: by, body }),
      ...[state, body.result === undefined ? null : JSON.stringify(body.result), [...from]],
    ],
  );
}

/** A write that was found not applied: it is sent again, under the same key, by whoever performs it next. */
export async function sendAgain(db: Db, key: string): Promise<void> {
  await row(
    db,
    'completions.sendAgain',
    `update actions set state = 'intended', may_land_until = null, leased_until = clock_timestamp() where key = $1 and state = 'unknown'`,
    [key],
  );
}

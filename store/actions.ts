import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';
import { appending } from './record.ts';

/**
 * A write, from intent to what became of it. `intended`: may or may not have been applied, until an answer is known.
 * `unknown` and `stuck`: nobody knows, or it cannot be compensated; a person has the task. `kept`: irreversible.
 */
export type ActionState = 'intended' | 'done' | 'refused' | 'unknown' | 'compensated' | 'kept' | 'stuck';

export interface NewAction {
  key: string;
  caseId: string;
  process: string;
  action: string;
  operation: string;
  line: string;
  input: unknown;
  approval: string;
}

export interface StoredAction extends NewAction {
  state: ActionState;
  inputDigest: string;
  /** It was sent at least once, and no answer says that it was not applied. */
  sent: boolean;
  result: unknown;
}

const columns = `key, case_id as "caseId", process, action, operation, line, input, input_digest as "inputDigest", approval,
  state, sent, result`;

export const findAction = (db: Db, key: string) =>
  row<StoredAction>(db, 'actions.find', `select ${columns} from actions where key = $1`, [key]);

/** This approval was used for this action, on this line, before. */
export class ApprovalUsed extends Error {
  override name = 'ApprovalUsed';
}

/**
 * Stores the intent, already leased to the caller, unless it is there already or the case writes nothing new any more, also
 * because somebody asked to cancel it (then undefined). Throws `ApprovalUsed`.
 */
export async function intend(db: Db, intent: NewAction, leaseMs: number): Promise<StoredAction | undefined> {
  const { key, caseId, process, action, operation, line, input, approval } = intent;
  const body = { operation, line, input, approval };
  try {
    const stored = await row(
      db,
      'actions.intend',
      `with c as (select case_id from cases where case_id = $1 and closed_at is null and writes_closed_at is null
                  and cancel_requested_at is null for update),
       intent as (
         insert into actions (key, case_id, process, action, operation, line, input, input_digest, approval, sent, leased_until)
         select $3, $1, $7, $8, $9, $10, $11, $12, $13, true, clock_timestamp() + $14 * interval '1 ms' from c
         on conflict (key) do nothing returning key)
       select append_record($1, $2, $3, $4, $5, $6) from intent`,
      [
        ...appending({ caseId, type: 'action.intended', key, actor: 'baton', body }),
        ...[process, action, operation, line, JSON.stringify(input), digest(input), approval, leaseMs],
      ],
    );
    if (!stored) return undefined;
    return { ...intent, state: 'intended', inputDigest: digest(input), sent: true, result: null };
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'actions_approval_action_line_key')
      throw new ApprovalUsed(key);
    throw error;
  }
}

/** Takes the next attempt for the caller alone; answers how it stands, or undefined while another attempt is under way. */
export const lease = (db: Db, key: string, leaseMs: number) =>
  row<StoredAction>(
    db,
    'actions.lease',
    `update actions set leased_until = clock_timestamp() + $2 * interval '1 ms'
     where key = $1 and (leased_until <= clock_timestamp() or state <> 'intended') returning ${columns}`,
    [key, leaseMs],
  );

/** Marks that the next attempt goes out, from when on a lost answer leaves it open whether it was applied. */
export async function sending(db: Db, key: string): Promise<void> {
  await row(db, 'actions.sending', 'update actions set sent = true where key = $1', [key]);
}

/** The attempt is over: `applied: false` when the system surely did not apply it. */
export async function release(db: Db, key: string, applied: boolean | undefined): Promise<void> {
  await row(
    db,
    'actions.release',
    `update actions set leased_until = clock_timestamp(), sent = sent and $2 where key = $1 and state = 'intended'`,
    [key, applied !== false],
  );
}

/** What became of it, with its line of the record; the first answer stands. */
export async function settle(
  db: Db,
  action: Pick<StoredAction, 'key' | 'caseId'>,
  state: Exclude<ActionState, 'intended'>,
  body: { result?: unknown; because?: string },
): Promise<void> {
  const { key, caseId } = action;
  await row(
    db,
    'actions.settle',
    `with settled as (
       update actions set state = $7, result = coalesce($8::json, result), leased_until = clock_timestamp()
       where key = $3 and state in ('intended', 'done') and state <> $7 returning key)
     select append_record($1, $2, $3, $4, $5, $6) from settled`,
    [
      ...appending({ caseId, type: `action.${state}`, key, actor: 'baton', body }),
      ...[state, body.result === undefined ? null : JSON.stringify(body.result)],
    ],
  );
}

/** Every write of a case that may stand in a system, newest first. */
export const standing = (db: Db, caseId: string) =>
  rows<StoredAction>(
    db,
    'actions.standing',
    `select ${columns} from actions where case_id = $1 and state in ('intended', 'done') order by seq desc`,
    [caseId],
  );

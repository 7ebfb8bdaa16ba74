import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';
import { appending } from './record.ts';
import { type Controls, type Level, WriteHeld } from './switches.ts';

/**
 * A write, from intent to what became of it. `intended`: may or may not have been applied, until an answer is known.
 * `unknown` and `stuck`: nobody knows, or it cannot be compensated; a person was given the work. `kept`: irreversible.
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
  /** For how long a switch held it, in milliseconds. */
  heldMs: number;
}

const columns = `key, case_id as "caseId", process, action, operation, line, input, input_digest as "inputDigest", approval,
  state, sent, result, coalesce((
    select held_ms + coalesce(extract(epoch from clock_timestamp() - since) * 1000, 0) from held where held.key = actions.key), 0) as "heldMs"`;

export const findAction = (db: Db, key: string) =>
  row<StoredAction>(db, 'actions.find', `select ${columns} from actions where key = $1`, [key]);

/** This approval was used for this action, on this line, before. */
export class ApprovalUsed extends Error {
  override name = 'ApprovalUsed';
}

/**
 * Stores the intent, already leased to the caller, unless it is there already or the case writes nothing new any more, also
 * because somebody asked to cancel it (then undefined). The level of autonomy must be one of `levels`, at which its approval
 * suffices. Throws `ApprovalUsed`, `WriteHeld`.
 */
export async function intend(
  db: Db,
  intent: NewAction,
  leaseMs: number,
  levels: readonly Level[],
): Promise<StoredAction | undefined> {
  const { key, caseId, process, action, operation, line, input, approval } = intent;
  const body = { operation, line, input, approval };
  try {
    const found = await row<Controls & { open: boolean; stored: boolean; heldMs: number }>(
      db,
      'actions.intend',
      `with now_held as materialized (select * from controls_now($7, split_part($9, '.', 1), string_to_array($13, ' + '))),
       c as (select case_id from cases, now_held where case_id = $1 and closed_at is null and writes_closed_at is null
             and cancel_requested_at is null for update of cases),
       intent as (
         insert into actions (key, case_id, process, action, operation, line, input, input_digest, approval, sent, leased_until)
         select $3, $1, $7, $8, $9, $10, $11, $12, $13, true, clock_timestamp() + $14 * interval '1 ms' from c, now_held
         where lost is null and level = any ($15) and stop is null
         on conflict (key) do nothing returning key),
       ended as (
         update held set since = null, held_ms = held_ms + extract(epoch from clock_timestamp() - since) * 1000
         where key in (select key from intent) and since is not null returning held_ms)
       select now_held.*, exists (select from c) as open, (select append_record($1, $2, $3, $4, $5, $6) from intent) is not null as stored,
         coalesce((select held_ms from ended), 0) as "heldMs" from now_held`,
      [
        ...appending({ caseId, type: 'action.intended', key, actor: 'baton', body }),
        ...[process, action, operation, line, JSON.stringify(input), digest(input), approval, leaseMs, [...levels]],
      ],
    );
    const { open, stored, heldMs, ...controls } = found!;
    if (stored) return { ...intent, state: 'intended', inputDigest: digest(input), sent: true, result: null, heldMs };
    const suffices = levels.includes(controls.level);
    if (open && (controls.lost !== null || !suffices || controls.stop !== null))
      throw new WriteHeld(controls, suffices);
    return undefined;
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

import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';
import { appending } from './record.ts';
import { type Controls, type Level, WriteHeld } from './switches.ts';

/**
 * A write, from intent to what became of it. `intended`: may or may not have been applied, until an answer is known.
 * `unknown` and `stuck`: nobody knows, or it cannot be compensated; a person has the task. `kept`: irreversible, or a person found
 * that it stands.
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

/** Until when a call that was sent may still take effect in the system, and how long that is from now: 0 once it is over. */
export interface Landing {
  until: string;
  forMs: number;
}

/** The write of an action, or the one that takes it back. */
export type Sent = 'write' | 'undo';

export interface StoredAction extends NewAction {
  state: ActionState;
  inputDigest: string;
  /** Null: no call of the write that was sent can take effect any more. */
  write: Landing | null;
  undo: Landing | null;
  result: unknown;
  leasedUntil: string;
  /** For how long a switch held it, in milliseconds. */
  heldMs: number;
}

const landing = (column: string) => `case when ${column} is not null then json_build_object('until', ${column}::text,
  'forMs', greatest(0, ceil(extract(epoch from ${column} - clock_timestamp()) * 1000))) end`;

const columns = `key, case_id as "caseId", process, action, operation, line, input, input_digest as "inputDigest", approval,
  state, ${landing('may_land_until')} as write, ${landing('undo_may_land_until')} as undo, result, leased_until::text as "leasedUntil",
  coalesce((
    select held_ms + coalesce(extract(epoch from clock_timestamp() - since) * 1000, 0) from held where held.key = actions.key), 0) as "heldMs"`;

export const findAction = (db: Db, key: string) =>
  row<StoredAction>(db, 'actions.find', `select ${columns} from actions where key = $1`, [key]);

/** This approval was used for this action, on this line, before. */
export class ApprovalUsed extends Error {
  override name = 'ApprovalUsed';
}

/**
 * Stores the intent, leased to the caller and marked as sent, unless it is there already or the case writes nothing new any more,
 * also because somebody asked to cancel it (then undefined). The level of autonomy must be one of `levels`, at which its approval
 * suffices. Throws `ApprovalUsed`, `WriteHeld`.
 */
export async function intend(
  db: Db,
  intent: NewAction,
  leaseMs: number,
  landsWithinMs: number,
  levels: readonly Level[],
): Promise<StoredAction | undefined> {
  const { key, caseId, process, action, operation, line, input, approval } = intent;
  const body = { operation, line, input, approval };
  try {
    const found = await row<
      Controls & { open: boolean; stored: Pick<StoredAction, 'write' | 'leasedUntil'> | null; heldMs: number }
    >(
      db,
      'actions.intend',
      `with now_held as materialized (select * from controls_now($7, $9, string_to_array($13, ' + '))),
       c as (select case_id from cases, now_held where case_id = $1 and closed_at is null and writes_closed_at is null
             and cancel_requested_at is null for update of cases),
       intent as (
         insert into actions (key, case_id, process, action, operation, line, input, input_digest, approval,
           leased_until, may_land_until)
         select $3, $1, $7, $8, $9, $10, $11, $12, $13,
           clock_timestamp() + $14 * interval '1 ms', clock_timestamp() + $15 * interval '1 ms' from c, now_held
         where lost is null and level = any ($16) and stop is null
         on conflict (key) do nothing returning *),
       ended as (
         update held set since = null, held_ms = held_ms + extract(epoch from clock_timestamp() - since) * 1000
         where key in (select key from intent) and since is not null returning held_ms)
       select now_held.*, exists (select from c) as open,
         (select json_build_object('seq', append_record($1, $2, $3, $4, $5, $6), 'write', ${landing('may_land_until')},
            'leasedUntil', leased_until::text) from intent) as stored,
         coalesce((select held_ms from ended), 0) as "heldMs" from now_held`,
      [
        ...appending({ caseId, type: 'action.intended', key, actor: 'baton', body }),
        ...[process, action, operation, line, JSON.stringify(input), digest(input), approval, leaseMs, landsWithinMs],
        [...levels],
      ],
    );
    const { open, stored, heldMs, ...controls } = found!;
    if (stored) {
      const { write, leasedUntil } = stored;
      const unsettled = { state: 'intended', undo: null, result: null } as const;
      return { ...intent, ...unsettled, inputDigest: digest(input), write, leasedUntil, heldMs };
    }
    const suffices = levels.includes(controls.level);
    if (open && (controls.lost !== null || !suffices || controls.stop !== null)) {
      if (await isUsed(db, intent)) throw new ApprovalUsed(key);
      throw new WriteHeld(controls, suffices);
    }
    return undefined;
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'actions_approval_action_line_key')
      throw new ApprovalUsed(key);
    throw error;
  }
}

/** For how long a call of what is still open of it, the write or what takes it back, may take effect; 0 once none can. In milliseconds. */
export function landsForMs({ state, write, undo }: Pick<StoredAction, 'state' | 'write' | 'undo'>): number {
  if (state === 'intended' || state === 'unknown') return write?.forMs ?? 0;
  return state === 'done' || state === 'stuck' ? (undo?.forMs ?? 0) : 0;
}

/** A write that was begun got one more approval, of whoever supervises it. */
export async function supervised(db: Db, { key, caseId }: StoredAction, approval: string): Promise<void> {
  await row(
    db,
    'actions.supervised',
    `with also as (update actions set approval = $7 where key = $3 and state = 'intended' and approval <> $7 returning key)
     select append_record($1, $2, $3, $4, $5, $6) from also`,
    [...appending({ caseId, type: 'action.supervised', key, actor: 'baton', body: { approval } }), approval],
  );
}

const isUsed = async (db: Db, { caseId, action, line, approval }: NewAction): Promise<boolean> =>
  (await row(
    db,
    'actions.isUsed',
    `select 1 from actions where case_id = $1 and action = $2 and line = $3
     and split_part(approval, $5, 1) = split_part($4, $5, 1)`,
    [caseId, action, line, approval, ` + ${caseId}/supervision:`],
  )) !== undefined;

/** Takes the next attempt for the caller alone, in one of these states; undefined also while another attempt is under way. */
export const lease = (db: Db, key: string, leaseMs: number, states: readonly ActionState[]) =>
  row<StoredAction>(
    db,
    'actions.lease',
    `update actions set leased_until = clock_timestamp() + $2 * interval '1 ms'
     where key = $1 and leased_until <= clock_timestamp() and state = any ($3) returning ${columns}`,
    [key, leaseMs, [...states]],
  );

const columnOf: Record<Sent, string> = { write: 'may_land_until', undo: 'undo_may_land_until' };

/**
 * Marks that a call goes out now, which may take effect within this time; undefined when what it is for is over. No two marks are
 * the same, so that whoever takes one back takes back their own.
 */
export const sending = (db: Db, key: string, sent: Sent, landsWithinMs: number) =>
  row<{ until: string }>(
    db,
    `actions.sending.${sent}`,
    `update actions set ${columnOf[sent]} =
       greatest(clock_timestamp() + $2 * interval '1 ms', ${columnOf[sent]} + interval '1 microsecond')
     where key = $1 and state = any ($3) returning ${columnOf[sent]}::text as until`,
    [key, landsWithinMs, sent === 'write' ? ['intended'] : ['done', 'kept']],
  );

/** The mark of a call that surely did nothing goes back to what it was before. */
export async function unsent(db: Db, key: string, sent: Sent, mark: string, before: Landing | null): Promise<void> {
  await row(
    db,
    `actions.unsent.${sent}`,
    `update actions set ${columnOf[sent]} = $3 where key = $1 and ${columnOf[sent]} = $2::timestamptz`,
    [key, mark, before?.until ?? null],
  );
}

/** How far taking a write back has come; `at work`: an attempt is under way. */
export const undoStage = async (db: Db, key: string): Promise<'not begun' | 'at work' | 'begun' | undefined> =>
  (
    await row<{ stage: 'not begun' | 'at work' | 'begun' }>(
      db,
      'actions.undoStage',
      `select case when state not in ('intended', 'done') then 'begun' when leased_until > clock_timestamp() then 'at work'
         when undo_may_land_until is null then 'not begun' else 'begun' end as stage from actions where key = $1`,
      [key],
    )
  )?.stage;

/** The attempt is over; the next one need not wait for the end of the lease. */
export async function release(db: Db, { key, leasedUntil }: StoredAction): Promise<void> {
  await row(
    db,
    'actions.release',
    'update actions set leased_until = clock_timestamp() where key = $1 and leased_until = $2::timestamptz',
    [key, leasedUntil],
  );
}

/** What became of it, with its line of the record; the first answer stands, but for a try to take back what a person had found to stand. */
export async function settle(
  db: Db,
  action: Pick<StoredAction, 'key' | 'caseId'>,
  state: Exclude<ActionState, 'intended'>,
  body: { result?: unknown; because?: string; tries?: number },
): Promise<void> {
  const { key, caseId } = action;
  await row(
    db,
    'actions.settle',
    `with settled as (
       update actions set state = $7, result = coalesce($8::json, result), leased_until = clock_timestamp()
       where key = $3 and state <> $7 and (state in ('intended', 'done') or state = 'kept' and $7 in ('compensated', 'stuck'))
       returning key)
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

/** The same, and those that a person found to stand, or has to look into. */
export const notTakenBack = (db: Db, caseId: string) =>
  rows<StoredAction>(
    db,
    'actions.notTakenBack',
    `select ${columns} from actions where case_id = $1 and state not in ('refused', 'compensated') order by seq desc`,
    [caseId],
  );

/** Whether a person still has to find out what became of a write of this case, or of taking it back. */
export const hasUnsettled = async (db: Db, caseId: string): Promise<boolean> =>
  (await row(
    db,
    'actions.unsettled',
    `select 1 from actions where case_id = $1 and state in ('unknown', 'stuck') limit 1`,
    [caseId],
  )) !== undefined;

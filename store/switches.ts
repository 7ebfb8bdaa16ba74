import type { Pool } from 'pg';
import type { AutonomyLevel } from '../core/declare/autonomy.ts';
import type { Cursor } from './cursor.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';

export type Level = AutonomyLevel;
export type Scope = 'all' | 'process' | 'system' | 'model';

export interface Switch {
  scope: Scope;
  name: string;
  stopped: boolean;
  by: string;
  because: string;
  at: Date;
}

/** One change: what it was before, and what it became. */
export type SwitchChange = Switch & { was: boolean };

const columns = 'scope, name, was, stopped, by, because, at';

export const listSwitches = (db: Db) =>
  rows<SwitchChange>(db, 'switches.list', `select ${columns} from switches order by scope, name`);

/** The newest first; only those behind this place, for the next page. */
export const listSwitchChanges = (db: Db, limit: number, after?: Cursor) =>
  rows<SwitchChange & { cursor: Cursor }>(
    db,
    'switches.changes',
    `select ${columns}, json_build_object('closed', false, 'by', id::text, 'id', '') as cursor from switch_changes
     where $2::bigint is null or id < $2 order by id desc limit $1`,
    [limit, after?.by ?? null],
  );

/**
 * Stops, or lifts. Once it answers, every write that begins is held to it. What is so already is no change; undefined for what was
 * never used, and lifted.
 */
export const setSwitch = (pool: Pool, { scope, name, stopped, by, because }: Omit<Switch, 'at'>) =>
  transaction(pool, async (db) => {
    await row(db, 'controls.change', 'select change_controls()');
    const find = `select ${columns} from switches where scope = $1 and name = $2`;
    const before = await row<SwitchChange>(db, 'switches.find', find, [scope, name]);
    const was = before?.stopped ?? false;
    if (was === stopped) return before;
    return row<SwitchChange>(
      db,
      'switches.set',
      `insert into switch_changes (scope, name, was, stopped, by, because) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
      [scope, name, was, stopped, by, because],
    );
  });

/** What a new write is held to: the switch that stops it, the level of its process, and who of those who approved may no longer, and why. */
export interface Controls {
  stop: string | null;
  level: Level;
  lost: string | null;
}

/** A write that is not begun, though its case is open. */
export class WriteHeld extends Error {
  override name = 'WriteHeld';
  readonly controls: Controls;
  /** Its approval suffices at the level of autonomy that its process has. */
  readonly suffices: boolean;
  constructor(controls: Controls, suffices: boolean) {
    super('The write is not begun');
    this.controls = controls;
    this.suffices = suffices;
  }
}

/** What holds a write of this process to this system now. */
export const controlsOf = async (
  db: Db,
  process: string,
  operation: string,
  approvals: readonly string[],
): Promise<Controls> =>
  (await row<Controls>(db, 'switches.ofWrite', 'select * from controls_now($1, $2, $3)', [
    ...[process, operation, [...approvals]],
  ]))!;

/** The switch that stops calls of this model now. */
export const stopOfModel = async (db: Db, model: string): Promise<string | null> =>
  (
    await row<{ stop: string }>(
      db,
      'switches.ofModel',
      `select stop from switches where stopped and (scope, name) in (('all', 'all'), ('model', $1)) order by scope limit 1`,
      [model],
    )
  )?.stop ?? null;

/** A step is held, or still is; the record says so once. */
export async function hold(pool: Pool, step: { caseId: string; key: string; stop: string; type: string }) {
  const { caseId, key, stop, type } = step;
  await transaction(pool, async (db) => {
    await append(db, { caseId, type, key, actor: 'baton', body: { stop } });
    await row(
      db,
      'held.add',
      `insert into held (key, case_id, stop) values ($1, $2, $3)
       on conflict (key) do update set stop = excluded.stop, times = held.times + 1,
         since = coalesce(held.since, clock_timestamp())`,
      [key, caseId, stop],
    );
  });
}

/** The step goes on. Answers for how long it was held altogether, in milliseconds, and how many tries that took. */
export async function goOn(db: Db, key: string): Promise<{ heldMs: number; times: number }> {
  const held = await row<{ heldMs: number; times: number }>(
    db,
    'held.end',
    `with ended as (
       update held set since = null, held_ms = held_ms + extract(epoch from clock_timestamp() - since) * 1000
       where key = $1 and since is not null returning held_ms, times)
     select held_ms as "heldMs", times from ended
     union all
     select held_ms, times from held where key = $1 and since is null`,
    [key],
  );
  return held ?? { heldMs: 0, times: 0 };
}

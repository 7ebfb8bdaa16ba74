import { type Db, row, rows } from './pool.ts';

export interface Delegation {
  id: string;
  delegator: string;
  delegate: string;
  /** Null: all queues that the delegator is in. */
  queues: string[] | null;
  from: Date;
  to: Date;
  because: string;
  at: Date;
  endedAt: Date | null;
  endedBy: string | null;
}

const columns = `id, delegator, delegate, queues, begins_at as "from", ends_at as "to", because, at,
  ended_at as "endedAt", ended_by as "endedBy"`;

export const addDelegation = async (
  db: Db,
  { delegator, delegate, queues, from, to, because }: Omit<Delegation, 'id' | 'at' | 'endedAt' | 'endedBy'>,
): Promise<Delegation> =>
  (await row<Delegation>(
    db,
    'delegations.add',
    `insert into delegations (delegator, delegate, queues, begins_at, ends_at, because) values ($1, $2, $3, $4, $5, $6)
     returning ${columns}`,
    [delegator, delegate, queues, from, to, because],
  ))!;

/** The newest first: of this person, by them or to them, or of everybody. */
export const listDelegations = (db: Db, person: string | undefined, limit: number) =>
  rows<Delegation>(
    db,
    'delegations.list',
    `select ${columns} from delegations where $1::text is null or $1 in (delegator, delegate) order by at desc, id limit $2`,
    [person ?? null, limit],
  );

export const findDelegation = (db: Db, id: string) =>
  row<Delegation>(db, 'delegations.find', `select ${columns} from delegations where id::text = $1`, [id]);

/** Ends it, once; one that has not begun never will. */
export const endDelegation = (db: Db, id: string, by: string) =>
  row<Delegation>(
    db,
    'delegations.end',
    `with ended as (
       update delegations set ended_at = clock_timestamp(), ended_by = $2 where id::text = $1 and ended_at is null returning *)
     select ${columns} from ended union all
     select ${columns} from delegations where id::text = $1 and not exists (select from ended)`,
    [id, by],
  );

/** What somebody holds of another, who is away now. */
export interface StandIn {
  id: string;
  delegator: string;
  /** Of those that were delegated, the queues that the delegator themself is in now. What they hold of others is not among them. */
  queues: string[];
}

/** For whom this person stands in now: nobody who is inactive. */
export const standInsOf = (db: Db, delegate: string) =>
  rows<StandIn>(
    db,
    'delegations.now',
    `select id, delegator, array(
       select role from members m where m.person = delegator and (d.queues is null or m.role = any (d.queues))) as queues
     from delegations d
     where delegate = $1 and ended_at is null and begins_at <= clock_timestamp() and ends_at > clock_timestamp()
       and not exists (select from people p where p.person = delegator and not p.active)
     order by at`,
    [delegate],
  );

import { type Db, row, rows } from './pool.ts';

/** A key that counts. */
export interface FoundKey {
  name: string;
  scopes: string[];
  /** SHA-256 of the secrets that count now. */
  hashes: Buffer[];
  /** Whether its last use was noted more than a minute ago. */
  isDue: boolean;
}

/** `undefined` for a key that nobody made, that has expired or was revoked. */
export const findKey = (db: Db, id: string) =>
  row<FoundKey>(
    db,
    'keys.find',
    `select name, scopes, coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) as "isDue",
            array_remove(array[secret_hash, case when previous_until > clock_timestamp() then previous_hash end], null) as hashes
     from api_keys where id = $1 and revoked_at is null and expires_at > clock_timestamp()`,
    [id],
  );

/** Notes the use, at most once a minute however many use it. What cannot be noted now is noted next time. */
export async function noteUse(db: Db, id: string): Promise<void> {
  await row(
    db,
    'keys.noteUse',
    `update api_keys set last_used_at = clock_timestamp()
     where id = $1 and coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`,
    [id],
  ).catch(() => undefined);
}

/** A key as it is listed. */
export interface ListedKey {
  id: string;
  name: string;
  scopes: string[];
  madeBy: string;
  madeAt: Date;
  rotatedAt: Date | null;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  revokedBy: string | null;
}

const columns = `id, name, scopes, made_by as "madeBy", made_at as "madeAt", rotated_at as "rotatedAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by as "revokedBy"`;

export interface NewKey {
  id: string;
  name: string;
  scopes: readonly string[];
  hash: Buffer;
  madeBy: string;
  expiresAt: Date;
}

/** `undefined` when there is, or was, a key of that name. */
export const addKey = (db: Db, { id, name, scopes, hash, madeBy, expiresAt }: NewKey) =>
  row<ListedKey>(
    db,
    'keys.add',
    `insert into api_keys (id, name, scopes, secret_hash, made_by, makers, expires_at) values ($1, $2, $3, $4, $5, array[$5], $6)
     on conflict (name) do nothing returning ${columns}`,
    [id, name, [...scopes], hash, madeBy, expiresAt],
  );

/** Newest first. */
export const listKeys = (db: Db) =>
  rows<ListedKey>(db, 'keys.list', `select ${columns} from api_keys order by made_at desc, id`);

/** A new secret for a key that counts; the one before goes on for so long. Whoever rotates it answers for it from then on. */
export const rotateKey = (db: Db, id: string, by: string, hash: Buffer, overlapSeconds: number) =>
  row<ListedKey>(
    db,
    'keys.rotate',
    `update api_keys set previous_hash = secret_hash, previous_until = clock_timestamp() + $4 * interval '1 second',
       secret_hash = $3, made_by = $2, makers = array_append(makers, $2::text), rotated_at = clock_timestamp()
     where id = $1 and revoked_at is null and expires_at > clock_timestamp() returning ${columns}`,
    [id, by, hash, overlapSeconds],
  );

/** Revokes it, once. */
export const revokeKey = (db: Db, id: string, by: string) =>
  row<ListedKey>(
    db,
    'keys.revoke',
    `update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp()), revoked_by = coalesce(revoked_by, $2)
     where id = $1 returning ${columns}`,
    [id, by],
  );

import { type Db, row, rows } from './pool.ts';

export interface PublishedTable {
  version: number;
  digest: string;
  content: unknown;
}

/** Seeds a table that was never published; a published one is changed by publishing the next version, never in place. */
export async function seedTable(db: Db, process: string, policy: string, table: PublishedTable): Promise<void> {
  await row(
    db,
    'tables.seed',
    `insert into tables (process, policy, version, digest, content) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [process, policy, table.version, table.digest, JSON.stringify(table.content)],
  );
}

export const findTable = (db: Db, process: string, policy: string, version: number) =>
  row<PublishedTable & { publishedAt: Date }>(
    db,
    'tables.find',
    'select version, digest, content, published_at as "publishedAt" from tables where process = $1 and policy = $2 and version = $3',
    [process, policy, version],
  );

/** What was published of a policy, newest first: the first rules. */
export const listTables = (db: Db, process: string, policy: string) =>
  rows<Pick<PublishedTable, 'version' | 'digest'> & { publishedAt: Date }>(
    db,
    'tables.list',
    `select version, digest, published_at as "publishedAt" from tables where process = $1 and policy = $2 order by version desc`,
    [process, policy],
  );

export const newestTable = (db: Db, process: string, policy: string) =>
  row<PublishedTable>(
    db,
    'tables.newest',
    'select version, digest, content from tables where process = $1 and policy = $2 order by version desc limit 1',
    [process, policy],
  );

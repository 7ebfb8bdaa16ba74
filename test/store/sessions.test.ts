import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describeCase } from '../../store/cases.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool, row } from '../../store/pool.ts';
import { firstBroken, readRecord } from '../../store/record.ts';
import { whyNotWritable } from '../../store/writable.ts';
import { waitingCase } from '../api/world.ts';
import { database } from '../harness.ts';
import { hasPgbouncer, pgbouncer } from './pgbouncer.ts';

const nameOf = (url: string) => new URL(url).pathname.slice(1);

async function told(url: string, ...statements: string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let last: pg.QueryResult | undefined;
    for (const statement of statements) last = await client.query(statement);
    return last!;
  } finally {
    await client.end();
  }
}

const tables = async (url: string) =>
  (
    await told(
      url,
      `select schemaname as schema, tablename from pg_tables where tablename in ('cases', 'migrations') order by 1, 2`,
    )
  ).rows.map(({ schema, tablename }) => `${schema}.${tablename}`);
const own = ['baton.cases', 'baton.migrations'];

/** A case is kept, waits, and is read back, and its record proves itself. */
async function works(url: string, id: string): Promise<void> {
  const pool = createPool(url, { max: 3 });
  try {
    const handoff = await waitingCase(pool, id);
    const found = await describeCase(pool, handoff.caseId);
    assert.equal(found?.waitingOn[0]?.id, handoff.id);
    assert.ok(!Number.isNaN(Date.parse(String(found?.openedAt))));
    assert.ok(Math.abs(handoff.openedAt.getTime() - Date.now()) < 60_000, String(handoff.openedAt));
    const lines = await readRecord(pool, handoff.caseId);
    assert.deepEqual([lines.length > 0, firstBroken(lines)], [true, undefined]);
    for (const { at } of lines) assert.match(at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  } finally {
    await pool.end();
  }
}

describe('a database that is set up otherwise', () => {
  const settings: Record<string, string> = {
    'shows dates another way': `datestyle = 'SQL, DMY'`,
    'shows dates as the Germans do': `datestyle = 'German'`,
    'lives in another time zone': `timezone = 'Asia/Kathmandu'`,
    'shows intervals in words': `intervalstyle = 'postgres_verbose'`,
    'looks for tables elsewhere': `search_path = public`,
    'makes every transaction serializable': `default_transaction_isolation = 'serializable'`,
    'takes backslashes in texts for escapes': `standard_conforming_strings = off`,
    'takes no NULL in a list': `array_nulls = off`,
    'rounds numbers and shows bytes as escapes': `extra_float_digits = -15; alter database {} set bytea_output = 'escape'`,
  };
  for (const [words, setting] of Object.entries(settings)) {
    it(`is used as any other: it ${words}`, async () => {
      const url = await database();
      const name = nameOf(url);
      await told(url, ...`alter database ${name} set ${setting.replaceAll('{}', name)}`.split('; '));
      await migrate(url);
      await works(url, 'set-1');
      assert.deepEqual(await tables(url), own);
    });
  }

  for (const option of [
    '-c statement_timeout=30000',
    '-c search_path=public',
    '-c datestyle=German -c timezone=Asia/Tokyo',
  ]) {
    it(`has one store, whatever the options of its address say: ${option}`, async () => {
      const url = await database();
      await migrate(url);
      await works(url, 'before');
      const more = new URL(url);
      more.searchParams.set('options', option);
      const address = more.href.replaceAll('+', '%20');
      assert.deepEqual(await migrate(address), []);
      await works(address, 'after');
      assert.deepEqual(await tables(url), own);
      assert.equal((await told(url, 'select count(*)::int as n from baton.cases')).rows[0].n, 2);
      const pool = createPool(address);
      const wanted = option.includes('statement_timeout') ? '30s' : '0';
      assert.equal((await pool.query('show statement_timeout')).rows[0].statement_timeout, wanted);
      await pool.end();
    });
  }
});

describe('a role that may not administer the database', () => {
  async function role(url: string, ...grants: string[]): Promise<string> {
    const name = `role_${randomBytes(6).toString('hex')}`;
    await told(url, `create role ${name} login password 'pw'`, ...grants.map((grant) => grant.replaceAll('{}', name)));
    const as = new URL(url);
    [as.username, as.password] = [name, 'pw'];
    return as.href;
  }
  const given = [
    'grant usage on schema baton to {}',
    'grant select, insert, update, delete on all tables in schema baton to {}',
    'grant usage, select on all sequences in schema baton to {}',
    'grant execute on all functions in schema baton to {}',
  ];

  it('starts where nothing is left to migrate', async () => {
    const url = await database();
    await migrate(url);
    const as = await role(url, ...given);
    assert.deepEqual(await migrate(as), []);
    await works(as, 'granted');
  });

  it('is told in a sentence what it lacks, and makes no store elsewhere', async () => {
    const [empty, full] = [await database(), await database()];
    await migrate(full);
    for (const [url, grants] of [
      [empty, []],
      [full, []],
      [full, ['grant usage on schema baton to {}']],
      [empty, ['grant create on schema public to {}', `alter role {} set search_path = public`]],
    ] as const) {
      const as = await role(url, ...grants);
      await assert.rejects(migrate(as), /^CannotStart: DATABASE_URL: the role role_\w+ has not the rights .*42501/);
    }
    assert.deepEqual([await tables(empty), await tables(full)], [[], own]);
  });

  it('is not ready while it may read only', async () => {
    const url = await database();
    await migrate(url);
    const pool = createPool(await role(url, given[0]!, 'grant select on all tables in schema baton to {}'));
    assert.equal(await whyNotWritable(pool), 'may not be written to');
    await pool.end();
  });
});

describe('an address of a database that is wrong', () => {
  const wrong: Record<string, [(url: URL) => void, RegExp]> = {
    'another port': [(url) => (url.port = '1'), /no database answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/],
    'another host': [(url) => (url.hostname = 'nowhere.invalid'), /no database answers at nowhere\.invalid/],
    'another password': [(url) => (url.password = 'hunter2'), /does not let the role \w+ in \(28P01\)/],
    'another database': [(url) => (url.pathname = '/nowhere'), /there is no database nowhere .*3D000/],
  };
  for (const [what, [change, sentence]] of Object.entries(wrong)) {
    it(`is one sentence without a password: ${what}`, async () => {
      const url = new URL(await database());
      change(url);
      await assert.rejects(migrate(url.href), (error: Error) => {
        assert.match(error.message, sentence);
        assert.match(error.message, /^DATABASE_URL: [^\n]*$/);
        return !error.message.includes('hunter2');
      });
    });
  }
});

describe('a pooler before the database', function () {
  let pooler: { url: string; stop(): Promise<void> } | undefined;
  before(function () {
    if (!hasPgbouncer()) this.skip(); // Debian: apt-get install pgbouncer
  });
  afterEach(() => pooler?.stop());

  for (const more of [
    {},
    { ignore_startup_parameters: 'options' },
    { server_reset_query: '', default_pool_size: '5' },
  ]) {
    it(`works in session mode: ${JSON.stringify(more)}`, async () => {
      const url = await database();
      pooler = await pgbouncer(url, { pool_mode: 'session', ...more });
      await migrate(pooler.url);
      await works(pooler.url, 'session-1');
      await works(pooler.url, 'session-2');
      assert.deepEqual(await migrate(pooler.url), []);
      assert.deepEqual(await tables(url), own);
    });
  }

  for (const settings of [
    { pool_mode: 'transaction' },
    { pool_mode: 'transaction', default_pool_size: '1' },
    { pool_mode: 'transaction', ignore_startup_parameters: 'options', server_round_robin: '1', min_pool_size: '3' },
    { pool_mode: 'statement' },
  ]) {
    it(`is refused in a sentence, and nothing is made: ${JSON.stringify(settings)}`, async () => {
      const url = await database();
      pooler = await pgbouncer(url, settings);
      await assert.rejects(
        migrate(pooler.url),
        /^CannotStart: DATABASE_URL: a pooler .* pool_mode=session, or the database itself\.$/,
      );
      assert.deepEqual(await tables(url), []);
    });
  }

  it('that refuses the options of an address is named in a sentence', async () => {
    pooler = await pgbouncer(await database(), { pool_mode: 'session' });
    const url = `${pooler.url}?options=-c%20statement_timeout%3D30000`;
    await assert.rejects(migrate(url), /^CannotStart: DATABASE_URL: the pooler refuses a startup parameter/);
  });
});

describe('statements of one name', () => {
  it('may be as long as its parts make it', async () => {
    const pool = createPool(await database(), { max: 1 });
    try {
      for (const n of [1, 2, 1, 2])
        assert.deepEqual(await row(pool, `${'a part '.repeat(20)}${n}`, `select ${n} as n`), { n });
    } finally {
      await pool.end();
    }
  });

  it('may have several texts, on one connection too', async () => {
    const url = await database();
    const pool = createPool(url, { max: 1 });
    try {
      const ask = (text: string) => row<{ answer: number }>(pool, 'things.find', text, [1]);
      assert.deepEqual(await ask('select $1::int as answer'), { answer: 1 });
      assert.deepEqual(await ask('select $1::int + 1 as answer'), { answer: 2 });
      assert.deepEqual(await ask('select $1::int as answer'), { answer: 1 });
      const { rows: kept } = await pool.query('select name from pg_prepared_statements');
      assert.equal(kept.length, 2);
    } finally {
      await pool.end();
    }
  });
});

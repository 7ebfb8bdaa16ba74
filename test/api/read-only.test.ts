import assert from 'node:assert/strict';
import pg from 'pg';
import { startService } from '../../scripts/embedded/service.ts';
import { freePort } from '../../environment/free-port.ts';
import { createPool } from '../../store/pool.ts';
import { database, dataDir, migratedDatabase } from '../harness.ts';
import { request, world, type World } from './world.ts';

/** As a fail-over leaves a database behind for a while: what is there can be read, and nothing more. */
async function readOnly(url: string, on: boolean): Promise<void> {
  const admin = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  await admin.query(`alter database ${rows[0]!.name} set default_transaction_read_only = ${on ? 'on' : 'off'}`);
  // Twice: a session that was being opened at the first time has still the setting from before.
  for (const _ of [1, 2]) {
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [rows[0]!.name],
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await admin.end();
}

describe('a database that may only be read for a while', () => {
  let url: string;
  let there: World;
  before(async () => {
    url = await migratedDatabase();
    there = await world({ pool: createPool(url) });
  });
  after(async () => {
    await there.close();
    await there.pool.end();
  });
  const start = (id: string) =>
    there.call('POST', '/processes/refund/cases', {
      as: 'storefront',
      body: request(id),
      headers: { 'idempotency-key': id },
    });

  it('is 503 for what would be written, not ready, and taken again once it may be written', async () => {
    assert.equal((await start('before')).status, 202);
    await readOnly(url, true);
    const event = {
      specversion: '1.0',
      id: 'e',
      source: '/shop',
      type: 'refund.confirmation',
      data: { requestId: 'r', answer: 'yes' },
    };
    const sent = { as: 'storefront', body: event, headers: { 'content-type': 'application/cloudevents+json' } };
    for (const got of [
      await start('meanwhile'),
      await there.call('POST', '/events', sent),
      await there.call('PUT', '/people/leo/roles', { as: 'amos', body: { roles: ['support-leads'] } }),
      await there.call('POST', '/cases/refund%2Fbefore/cancellation', { as: 'amos', body: {} }),
    ])
      assert.deepEqual([got.status, got.body.code], [503, 'unavailable'], got.text);
    assert.equal((await there.call('GET', '/cases', { as: 'ada' })).status, 200);
    const ready = await there.call('GET', '/readyz');
    assert.equal(ready.status, 503);
    assert.deepEqual(ready.body.errors[0], { field: 'database', message: 'is read-only' });
    await readOnly(url, false);
    assert.equal((await start('meanwhile')).status, 202);
    assert.deepEqual((await there.call('GET', '/readyz')).body.errors, [
      { field: 'temporal', message: 'cannot be reached' },
    ]);
    assert.ok(there.reports.filter((line) => line.startsWith('relay')).length <= 4, there.reports.join('\n'));
  });

  const passing: Record<string, string> = {
    ...{
      '25006': 'read-only',
      '53100': 'its disk is full',
      '53200': 'its memory is full',
      '53300': 'too many connections',
    },
    ...{ '57014': 'a statement took too long', '55P03': 'a lock was waited for too long' },
    ...{ '25P03': 'a transaction was idle too long', '57P05': 'a session was idle too long' },
  };
  for (const [code, what] of Object.entries(passing)) {
    it(`is 503 for whatever may pass by itself: ${what}`, async () => {
      await there.pool.query(
        `create or replace function fails() returns trigger language plpgsql as
           $$ begin raise exception 'not now' using errcode = '${code}'; end $$;
         create or replace trigger fails before insert on inbox for each statement execute function fails()`,
      );
      const got = await start(`passing-${code}`);
      await there.pool.query('drop trigger fails on inbox');
      assert.deepEqual([got.status, got.body.code], [503, 'unavailable'], got.text);
      assert.equal((await start(`passing-${code}`)).status, 202);
    });
  }

  it('lets the API start where nothing is left to migrate, and is named where something is', async () => {
    const empty = await database();
    await readOnly(url, true);
    await readOnly(empty, true);
    const TEMPORAL_ADDRESS = `127.0.0.1:${await freePort()}`;
    const env = { TEMPORAL_ADDRESS, PORT: '0', DATA_DIR: dataDir };
    const api = await startService({ entry: 'api/main.ts', env: { ...env, DATABASE_URL: url } });
    assert.equal((await fetch(`${api.url}/readyz`)).status, 503);
    await api.stop();
    const refused = startService({ entry: 'api/main.ts', env: { ...env, DATABASE_URL: empty } });
    await assert.rejects(refused, /DATABASE_URL: the database is read-only now, and has to be brought up to date/);
  });
});

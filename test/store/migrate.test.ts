import assert from 'node:assert/strict';
import { CannotStart } from '../../environment/cannot-start.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { database } from '../harness.ts';

describe('the tables of another Baton', function () {
  this.timeout(60_000);

  for (const [whose, change] of [
    ['that had another file of this name', `update migrations set digest = 'another' where name like '001%'`],
    ['that did not note what its files were', 'alter table migrations drop column digest'],
  ] as const)
    it(`are refused in a sentence, and stay as they are: of one ${whose}`, async () => {
      const url = await database();
      await migrate(url);
      assert.deepEqual(await migrate(url), []);
      const pool = createPool(url);
      await pool.query(change);
      await assert.rejects(migrate(url), (error) => {
        assert.ok(error instanceof CannotStart);
        return /another Baton: its 001-foundation\.sql .*--fresh/.test(error.message);
      });
      await pool.end();
    });
});

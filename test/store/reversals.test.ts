import assert from 'node:assert/strict';
import { createPool } from '../../store/pool.ts';
import { reversalsOf } from '../../store/reversals.ts';
import { migratedDatabase } from '../harness.ts';

describe('the reversals of a case', () => {
  it('are found by an index: the case is locked meanwhile', async () => {
    const url = await migratedDatabase();
    const pool = createPool(url, { max: 1 });
    try {
      await pool.query('set enable_seqscan = off');
      await reversalsOf(pool, 'refund/R-1');
      await pool.query('select pg_stat_force_next_flush()');
      const { rows } = await pool.query(
        `select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = 'inbox_reversals'`,
      );
      assert.deepEqual(rows, [{ scans: 1 }]);
    } finally {
      await pool.end();
    }
  });
});

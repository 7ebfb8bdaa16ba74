import { seedTable } from '../../store/tables.ts';
import { digest } from '../../store/digest.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { createPool } from '../../store/pool.ts';
import { seedTables } from '../../workers/prepare.ts';
import { waitingCase, world, type World } from '../api/world.ts';
import { migratedDatabase } from '../harness.ts';
import { seedCases } from '../scorecard/seed.ts';
import * as declared from '../../workflows/definitions.ts';

interface Table {
  version: number;
  rows: { rule: string; when?: Record<string, string> }[];
}

/**
 * An API over counted cases of every process, two refunds that wait for support's leads, and all tables published; of a refund's
 * entitlement a later version too, in which a large refund begins lower and one rule is gone.
 */
export async function processesWorld(cases: number): Promise<{ at: World; close(): Promise<void> }> {
  const url = await migratedDatabase();
  const pool = createPool(url, { max: 10 });
  const definitions = { ...declared };
  await seedCases(url, Object.values(definitions), { count: cases, days: 20, until: Date.now(), seed: 3 });
  await rebuildFacts(pool, { definitions, report: () => undefined });
  await seedTables(pool, definitions);
  const table = declared.refund.policies.eligibility.table as Table;
  const rows = table.rows
    .filter(({ rule }) => rule !== 'many-orders')
    .map((row) => (row.rule === 'large-refund' ? { ...row, when: { amount: '>= 25000' } } : row));
  const content = { ...table, version: table.version + 1, rows };
  await seedTable(pool, 'refund', 'eligibility', { version: content.version, digest: digest(content), content });
  for (const id of ['waits-1', 'waits-2']) await waitingCase(pool, id);
  const at = await world({ pool });
  const close = async () => {
    await at.close();
    await pool.end();
  };
  return { at, close };
}

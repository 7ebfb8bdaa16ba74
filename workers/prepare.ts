import type { Pool } from 'pg';
import { compileTable, digest } from '../activities/decision-table.ts';
import type { ProcessDefinition } from '../core/define.ts';
import { seedTable } from '../store/tables.ts';

/** Seeds each process's decision tables where none was published yet. A table that breaks its contract stops the start. */
export async function seedTables(pool: Pool, definitions: Record<string, ProcessDefinition>): Promise<void> {
  for (const { name: process, policies } of Object.values(definitions)) {
    for (const [name, policy] of Object.entries(policies)) {
      compileTable(policy.table, policy);
      const { version } = policy.table as { version: number };
      await seedTable(pool, process, name, { version, digest: digest(policy.table), content: policy.table });
    }
  }
}

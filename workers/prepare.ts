import type { Pool } from 'pg';
import { compileTable } from '../rules/decision-table.ts';
import { digest } from '../store/digest.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { findTable, seedTable } from '../store/tables.ts';

/** Seeds each process's decision tables where none was published yet. A table that breaks its contract, or changed without a new version, stops the start. */
export async function seedTables(pool: Pool, definitions: Record<string, ProcessDefinition>): Promise<void> {
  for (const { name: process, policies } of Object.values(definitions)) {
    for (const [name, policy] of Object.entries(policies)) {
      compileTable(policy.table, policy);
      const { version } = policy.table as { version: number };
      const table = { version, digest: digest(policy.table), content: policy.table };
      await seedTable(pool, process, name, table);
      const stored = await findTable(pool, process, name, version);
      if (stored?.digest !== table.digest) {
        throw new Error(`Version ${version} of ${process}/${name} was published with other rows: raise its version.`);
      }
    }
  }
}

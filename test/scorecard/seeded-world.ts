import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { createPool } from '../../store/pool.ts';
import * as declared from '../../workflows/definitions.ts';
import { world, type World } from '../api/world.ts';
import { migratedDatabase } from '../harness.ts';
import { type Planted, seedCases } from './seed.ts';

export const definitions: Record<string, ProcessDefinition> = { ...declared };
export const everyCase = 'from=2025-12-01&to=2026-06-01';

/** An API over so many seeded cases of all processes, each counted. */
export async function seededWorld(count: number): Promise<{ here: World; planted: Planted[]; close(): Promise<void> }> {
  const url = await migratedDatabase();
  const pool = createPool(url, { max: 10 });
  const until = Date.parse('2026-03-31T00:00:00Z');
  const planted = await seedCases(url, Object.values(definitions), { count, days: 60, until, seed: 3 });
  await rebuildFacts(pool, { definitions, report: (line) => assert.fail(line) });
  const here = await world({ pool });
  const close = async () => {
    await here.close();
    await pool.end();
  };
  return { here, planted, close };
}

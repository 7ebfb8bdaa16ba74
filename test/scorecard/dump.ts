import type { Pool } from 'pg';

/** Every row of the facts, as text. */
export async function dump(pool: Pool): Promise<string> {
  const texts = await Promise.all(
    ['fact_cases', 'fact_steps', 'fact_counts'].map(async (table) => {
      const text = `select f::text as text from ${table} f order by f::text collate "C"`;
      const { rows } = await pool.query<{ text: string }>(text);
      return [table, ...rows.map((row) => row.text)].join('\n');
    }),
  );
  return texts.join('\n');
}

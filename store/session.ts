import type pg from 'pg';

/**
 * What our statements rely on, whatever the server, the database, the role or the options of an address say. Set by statements:
 * the options of an address take the place of a client's own, and poolers do not hand on startup parameters. An operator's
 * limits of time, and whether it may be written at all, stay as they are.
 */
const needed = {
  search_path: 'baton',
  client_encoding: 'UTF8',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
};

export type Plans = 'generic' | 'auto';

/** Makes a connection one of ours. What a pooler left on it from another client is dropped. */
export async function openSession(client: pg.ClientBase, plans: Plans = 'auto'): Promise<void> {
  const settings = { ...needed, plan_cache_mode: plans === 'generic' ? 'force_generic_plan' : 'auto' };
  const sets = Object.entries(settings).map(([name, value]) => `select set_config('${name}', '${value}', false)`);
  await client.query(['deallocate all', ...sets].join('; '));
}

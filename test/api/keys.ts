import assert from 'node:assert/strict';
import type { World } from './world.ts';

/** A key that the development administrator makes, for an hour. */
export async function keyFor(here: World, name: string, scopes: string[]): Promise<{ id: string; key: string }> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await here.call('POST', '/keys', { as: 'amos', body: { name, scopes, expiresAt } });
  assert.equal(made.status, 201, made.text);
  return made.body as { id: string; key: string };
}

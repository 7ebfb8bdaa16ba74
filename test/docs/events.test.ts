import assert from 'node:assert/strict';
import { eventTypes, nameOf, type LineType } from '../../outbound/event-types.ts';
import { section, tableRows } from '../../scripts/docs/pages.ts';
import { page } from './pages.ts';

describe('docs/operations.md', () => {
  it('lists every event that goes out, with what it says and every field of its data', () => {
    const listed = tableRows(section(page('docs/operations.md'), '## Webhooks and events out')!)
      .filter(([type]) => type!.startsWith('`baton.'))
      .map(([type, says, fields]) => [type, says, fields]);
    const told = Object.entries(eventTypes).map(([type, { says, data }]) => [
      `\`${nameOf(type as LineType)}\``,
      says,
      Object.keys(data.shape)
        .filter((field) => field !== 'process')
        .map((field) => `\`${field}\``)
        .join(', '),
    ]);
    assert.deepEqual(listed, told);
  });

  it('knows every line that goes out of the store', () => {
    const [, list] = /new\.type in \(([^)]+)\)/.exec(page('store/migrations/002-outbox.sql'))!;
    const types = [...list!.matchAll(/'([a-z.-]+)'/g)].map(([, type]) => type!);
    assert.ok(types.length > 10);
    for (const type of types) assert.ok(type in eventTypes, type);
  });
});

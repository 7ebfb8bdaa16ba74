import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { section, tableRows } from '../../scripts/docs/pages.ts';
import { page, root } from './pages.ts';

const codes = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code]) => code!);
const sourcesIn = (folder: string, ending: string) =>
  readdirSync(new URL(folder, root), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .map((file) => page(folder + file));

describe('docs/architecture.md', () => {
  it('names every table of the store, and no other', () => {
    const cells = tableRows(section(page('docs/architecture.md'), '## The store')!).map(([names]) => names!);
    const made = sourcesIn('store/', '.sql').flatMap((sql) => codes(sql, /create table (\w+)/g));
    assert.deepEqual(cells.flatMap((names) => codes(names, /`(\w+)`/g)).sort(), [...made, 'migrations'].sort());
  });
});

describe('docs/record.md', () => {
  it('names every type of line that the code appends', () => {
    const sources = ['store/', 'activities/', 'api/routes/'].flatMap((folder) => sourcesIn(folder, '.ts'));
    const appended = new Set(sources.flatMap((text) => codes(text, /\btype(?:: | = )'([a-z]+\.[a-z-]+)'/g)));
    const documented = codes(section(page('docs/record.md'), '## Read it')!, /`([a-z]+\.[a-z-]+)`/g);
    assert.ok(appended.size >= 10);
    for (const type of appended) assert.ok(documented.includes(type), type);
    // The rest is put together from a state, a moment or a kind.
    const composed = /^(action|handoff)\./;
    assert.deepEqual(
      documented.filter((type) => !appended.has(type) && !composed.test(type)),
      [],
    );
  });
});

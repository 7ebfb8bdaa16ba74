import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokenLinks, machinePaths, missingFiles, unknownFolders } from '../../scripts/docs/links.ts';
import type { Page } from '../../scripts/docs/pages.ts';
import { refreshed, stale } from '../../scripts/docs/sections.ts';

describe('the check of the documents', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-docs-'));
  const root = pathToFileURL(`${folder}/`);
  before(() => {
    mkdirSync(path.join(folder, 'docs/examples'), { recursive: true });
    mkdirSync(path.join(folder, 'store'));
    writeFileSync(path.join(folder, 'store/record.ts'), '');
    writeFileSync(path.join(folder, 'docs/examples/a.ts'), 'const a = 1;\n');
    for (const { file, text } of [page('README.md', ''), page('docs/b.md', '')]) {
      writeFileSync(path.join(folder, file), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const page = (file: string, text: string): Page => ({ file, text });
  const b = page('docs/b.md', '# B\n\n## Owned work, twice\n');

  it('finds links that lead nowhere, to a file or to a heading', () => {
    const links = [
      'docs/b.md',
      'docs/b.md#owned-work-twice',
      'https://example.org',
      'docs/c.md',
      'docs/b.md#c',
      '../x',
    ];
    const readme = page('README.md', links.map((link) => `[x](${link})`).join('\n'));
    const broken = brokenLinks(root, [readme, b]).map(({ problem }) => problem.split(' ')[2]);
    assert.deepEqual(broken, ['docs/c.md', 'docs/b.md#c', '../x']);
  });

  it('leaves blocks of code alone', () => {
    assert.deepEqual(brokenLinks(root, [page('README.md', '```ts\nx[0](y)\n```\n')]), []);
  });

  it('finds files that are gone', async () => {
    const faults = await missingFiles(root, [page('README.md', '`store/record.ts` `store/gone.ts` `and/or`')]);
    assert.deepEqual(
      faults.map(({ problem }) => problem),
      ['store/gone.ts does not exist'],
    );
  });

  it('holds the table of folders against the folders, both ways', async () => {
    const readme = page('README.md', '## Find your way\n\n| a | `store/` and `bench/` |\n\n## Next\n\n`docs/`');
    const problems = (await unknownFolders(root, readme)).map(({ problem }) => problem);
    assert.deepEqual(problems, ['"Find your way" does not name docs/', 'bench/ does not exist']);
  });

  it('finds paths of one machine', () => {
    const text = `cd /home/somebody/baton\nGET /cases/work/1\nhttp://127.0.0.1/home/\n${folder}/x`;
    const found = machinePaths(root, [page('README.md', text)]).map(({ problem }) => problem.split(' ')[0]);
    assert.ok(found.includes('/home/somebody'));
    assert.ok(found.includes(`${folder}/`));
    assert.ok(!found.includes('/work/1'));
  });

  it('finds what is stale, and refreshes it', () => {
    const printed = { rules: 'the rules' };
    const text = [
      ...['<!-- printed: rules -->', 'old', '<!-- end of rules -->', ''],
      ...['<!-- example: docs/examples/a.ts -->', '```ts', 'const a = 0;', '```', ''],
    ].join('\n');
    const old = page('README.md', text);
    const examples = ['docs/examples/a.ts'];
    assert.equal(stale(root, [old], printed, examples).length, 1);
    const fresh = refreshed(root, old, printed);
    assert.ok(fresh.text.includes('the rules') && fresh.text.includes('const a = 1;'));
    assert.deepEqual(stale(root, [fresh], printed, examples), []);
    assert.equal(stale(root, [fresh], { ...printed, more: '' }, [...examples, 'docs/examples/b.ts']).length, 2);
  });
});

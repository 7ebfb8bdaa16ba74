import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { firstBroken, type Line } from '../../store/record.ts';
import { blocks, page, run } from './pages.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('docs/record.md', () => {
  const text = page('docs/record.md');
  const [record = ''] = blocks(text, 'record');
  const lines = record.split('\n').map((line) => JSON.parse(line) as Line);

  it('shows a record that is unbroken, in its fields and their order', () => {
    assert.equal(lines.length, 2);
    assert.equal(firstBroken(lines), undefined);
    const fields = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);
    assert.deepEqual(Object.keys(lines[0]!), fields);
  });

  it('computes the hash of its second line step by step', () => {
    const { caseId, type, key, actor, body, hash, previous } = lines[1]!;
    const [content] = blocks(text, 'content');
    const [hashed = ''] = blocks(text, 'hashed');
    assert.equal(canonicalize({ caseId, type, key, actor, body }), content);
    assert.deepEqual(hashed.split('\n'), [previous, '2', lines[1]!.at, sha256(content!)]);
    assert.equal(sha256(hashed), hash);
  });

  it('has a program that verifies it, and finds any change', async () => {
    const verify = (input: string) => run(process.execPath, ['docs/examples/verify-record.ts'], { input });
    assert.equal((await verify(record)).code, 0);
    const [first = '', second = ''] = record.split('\n');
    const changes = [record.replace('not-pending', 'in-order'), second, `${second}\n${first}`, `${first}\n${first}`];
    for (const changed of changes) assert.equal((await verify(changed)).code, 1, changed);
  });

  for (const nothing of ['', '\n', '  \n\n']) {
    it(`has a program that says of nothing that it is nothing: ${JSON.stringify(nothing)}`, async () => {
      const { code, output, errors } = await run(process.execPath, ['docs/examples/verify-record.ts'], {
        input: nothing,
      });
      assert.deepEqual([code, output, errors.trim()], [1, '', 'There is no line: nothing was verified']);
    });
  }
});

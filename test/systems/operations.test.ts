import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { operationExists, systems, type ReadOperation, type WriteOperation } from '../../systems/index.ts';
import { changesOf } from '../../systems/sandbox/admin.ts';
import type { SystemDeclaration } from '../../systems/system.ts';
import { systems as sandbox } from '../../systems/sandbox/index.ts';
import { sampleRecords } from '../../systems/sandbox/sample-records.ts';

describe('the systems of record', () => {
  it('are in the sandbox with exactly the operations that are declared', () => {
    const declared = Object.entries<SystemDeclaration>(systems)
      .filter(([, { internal }]) => !internal)
      .map(([name, { reads, writes }]) => [name, [...reads], [...writes]]);
    const offered = [...sandbox.values()].map((each) => [each.name, Object.keys(each.reads), Object.keys(each.writes)]);
    assert.deepEqual(new Set(declared), new Set(offered));
  });

  it('have samples of their own kinds, each file by its system', () => {
    const files = readdirSync(new URL('../../systems/sandbox/seeds/', import.meta.url));
    assert.deepEqual(
      files.sort(),
      Object.keys(sampleRecords())
        .map((name) => `${name}.json`)
        .sort(),
    );
    assert.ok(changesOf(sampleRecords()).length > 0);
  });

  it('know their operations, each as a read or as a write', () => {
    const read: ReadOperation = 'orders.ofCustomer';
    const write: WriteOperation = 'payments.cancelRefund';
    // @ts-expect-error a read is not a write
    const wrong: WriteOperation = 'orders.list';
    assert.deepEqual(
      [read, write, wrong].map((each) => [operationExists(each, 'read'), operationExists(each, 'write')]),
      [
        [true, false],
        [false, true],
        [true, false],
      ],
    );
    for (const none of ['orders', 'orders.', '.list', 'orders.list.x', 'toString.call', 'nobody.list', ''])
      assert.ok(!operationExists(none, 'read') && !operationExists(none, 'write'), none);
  });
});

import assert from 'node:assert/strict';
import { type Condition, conditionOf } from '../../console/src/processes/policies/conditions.ts';
import { diffTables } from '../../console/src/processes/policies/diff.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';

describe('A decision table on the page of its process', () => {
  const all = Object.values(definitions as Record<string, ProcessDefinition>).flatMap(({ policies }) =>
    Object.values(policies).flatMap(({ table }) => (table as { rows: { when?: Record<string, string> }[] }).rows),
  );

  it('can say every condition of every table in words', () => {
    const isRaw = (one: Condition): boolean => {
      if (one.is === 'all' || one.is === 'any') return one.of.some(isRaw);
      return one.is === 'length' ? isRaw(one.of) : one.is === 'raw';
    };
    const cells = all.flatMap(({ when = {} }) => Object.values(when));
    assert.ok(cells.length > 200);
    assert.deepEqual(
      cells.filter((cell) => isRaw(conditionOf(cell))),
      [],
    );
  });

  it('takes conditions apart as they are meant', () => {
    const read: [string, Condition][] = [
      ['true', { is: 'value', value: true }],
      ["'a and b'", { is: 'value', value: 'a and b' }],
      ["not in ['pending', 'new (in)']", { is: 'not-in', values: ['pending', 'new (in)'] }],
      ['>= 50000', { is: 'compared', by: '>=', value: 50_000 }],
      ['[1..10]', { is: 'between', from: 1, to: 10 }],
      ['len($) > 3', { is: 'length', of: { is: 'compared', by: '>', value: 3 } }],
      ["not(contains($, 'x'))", { is: 'called', by: 'contains', not: true, value: 'x' }],
      [
        "contains($, 'a') or startsWith($, 'b')",
        {
          is: 'any',
          of: [
            { is: 'called', by: 'contains', not: false, value: 'a' },
            { is: 'called', by: 'starts-with', not: false, value: 'b' },
          ],
        },
      ],
      ['trim($) == lower($)', { is: 'raw', expression: 'trim($) == lower($)' }],
    ];
    for (const [cell, wanted] of read) assert.deepEqual(conditionOf(cell), wanted, cell);
  });

  it('says what became of each row from one version to the next', () => {
    const row = (rule: string, verdict = 'deny') => ({ rule, verdict });
    const before = [row('a'), row('b'), row('c'), row('x'), row('d'), row('e', 'allow')];
    const after = [row('a'), row('d'), row('b'), row('c'), row('new'), row('e', 'review')];
    assert.deepEqual(
      diffTables(before, after).map(({ rule, what }) => [rule, ...what]),
      [['a'], ['d', 'moved'], ['b'], ['c'], ['x', 'removed'], ['new', 'added'], ['e', 'changed']],
    );
    assert.ok(diffTables(before, before).every(({ what }) => what.length === 0));
  });
});

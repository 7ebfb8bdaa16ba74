import assert from 'node:assert/strict';
import { z } from 'zod';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { searchAttributes } from '../../temporal/search-attributes.ts';
import { section, tableRows } from '../../scripts/docs/pages.ts';
import { page } from './pages.ts';

const facts: Record<string, [z.ZodType, baseline: unknown, hits: Record<string, unknown>, misses: unknown]> = {
  'a text': [z.string(), '', { "'cancel'": 'cancel', "startsWith($, 'x')": 'xy', 'len($) > 3': 'abcd' }, 'zz'],
  'a number': [z.number(), 0, { '>= 50000': 50_000, '> 0': 1, '[1..10]': 10, '42': 42 }, -1],
  'true or false': [z.boolean(), false, { true: true, false: false }, undefined],
  'a list': [z.array(z.string()), [], { 'len($) > 2': ['a', 'b', 'c'] }, []],
};
const defaults: Record<string, unknown> = { "in ['a', 'b']": 'b', "not in ['a']": 'b', "contains($, 'x')": ['x'] };
const missing: Record<string, unknown> = { "not in ['a']": 'a' };

describe('docs/policies.md', () => {
  const rows = tableRows(section(page('docs/policies.md'), '## The format')!);
  const expressions = rows.flatMap(([kind = '', cell = '']) =>
    kind in facts ? [...cell.matchAll(/`([^`]+)`/g)].map(([, expression]) => [kind, expression!] as const) : [],
  );

  it('shows expressions of every kind', () => {
    assert.deepEqual([...new Set(expressions.map(([kind]) => kind))], Object.keys(facts));
  });

  for (const [kind, expression] of expressions) {
    it(`may say ${expression} of ${kind}`, () => {
      const [schema, baseline, hits, miss] = facts[kind]!;
      const hit = hits[expression] ?? defaults[expression];
      const counter = missing[expression] ?? miss ?? hit !== true;
      const table = compileTable(
        {
          ...{ name: 'documented', version: 1, hit: 'first', baseline: { fact: baseline } },
          rows: [
            {
              rule: 'shown',
              when: { fact: expression },
              verdict: 'allow',
              example: { fact: hit },
              counter: { fact: counter },
            },
            { rule: 'otherwise', verdict: 'deny', example: { fact: counter } },
          ],
        },
        { facts: z.object({ fact: schema }), verdicts: ['allow', 'deny'] },
      );
      assert.equal(decide(table, { fact: hit }).rule, 'shown');
    });
  }
});

describe('docs/operations.md', () => {
  it('names every search attribute, and how to make it', () => {
    const text = page('docs/operations.md');
    for (const { name } of searchAttributes) {
      assert.ok(text.includes(`| \`${name}\` |`), name);
      assert.match(text, new RegExp(`--name ${name} --type \\w+`));
    }
  });
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { conditionsWith } from '../../systems/conditions.ts';
import { systemConditionsOf } from '../../workers/system-conditions.ts';
import { dataDir } from '../harness.ts';

describe('the conditions of systems', () => {
  it('are data: what all have in common, and what one has of its own', () => {
    const conditionsOf = conditionsWith();
    assert.equal(conditionsOf('payments').fences, true);
    assert.equal(conditionsOf('letters').fences, false);
    assert.equal(conditionsOf('letters').longestCallMs, 30_000);
  });

  it('are changed by an operator for all, or for one', () => {
    const conditionsOf = conditionsWith({
      defaults: { longestCallMs: 5_000 },
      systems: { payments: { longestCallMs: 60_000, perSecond: 20 } },
    });
    assert.deepEqual([conditionsOf('ledger').longestCallMs, conditionsOf('ledger').perSecond], [5_000, undefined]);
    assert.deepEqual([conditionsOf('payments').longestCallMs, conditionsOf('payments').perSecond], [60_000, 20]);
    assert.equal(conditionsOf('payments').fences, true);
  });

  const file = path.join(dataDir, 'conditions.json');
  const reading = (text: string) => () => {
    writeFileSync(file, text);
    return systemConditionsOf({ SYSTEM_CONDITIONS: file });
  };

  it('are read from the file that is named', () => {
    assert.equal(reading('{"defaults":{"atOnce":3}}')()('crm').atOnce, 3);
    assert.equal(systemConditionsOf({})('crm').atOnce, 20);
  });

  for (const [what, text, sentence] of [
    ['that is no JSON', '{', / is not JSON\.$/],
    ['with a system that there is not', '{"systems":{"payment":{}}}', / is wrong at systems/],
    ['with a condition that there is not', '{"defaults":{"timeout":1}}', / is wrong at defaults: /],
    [
      'that lets a call outlast its activity',
      '{"defaults":{"timeoutMs":60000}}',
      / is wrong at defaults → timeoutMs: /,
    ],
    ['that lets nothing through', '{"systems":{"crm":{"atOnce":0}}}', / is wrong at systems → crm → atOnce: /],
  ] as const)
    it(`from a file ${what} end the start with a sentence`, () => {
      assert.throws(reading(text), ({ name, message }: Error) => {
        assert.equal(name, 'CannotStart');
        assert.match(message, /^SYSTEM_CONDITIONS must name a JSON object /);
        assert.match(message, sentence);
        return true;
      });
    });
});

import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { usualAsks } from '../../core/declare/asking.ts';
import { queuesIn } from '../../core/declare/owner.ts';
import * as definitions from '../../workflows/definitions.ts';
import { purchase } from '../vocabulary/processes/definitions.ts';

const all: ProcessDefinition[] = [...Object.values<ProcessDefinition>(definitions), purchase];

describe('what may be sent back or asked', () => {
  for (const { name, handoffs } of all)
    it(`goes to another than its owner, and changes only what may be amended: ${name}`, () => {
      for (const [at, { owner, escalateTo, rework, asks = usualAsks, mayAmend = [], requires }] of Object.entries(
        handoffs,
      )) {
        assert.ok(asks.to === undefined || asks.to.length > 0, at);
        if (!rework) continue;
        assert.ok(Number.isInteger(rework.atMost) && rework.atMost >= 0, at);
        if (rework.to === undefined) continue;
        assert.ok(![...queuesIn(owner), escalateTo].includes(rework.to), at);
        const { packet = [], terms = [] } = rework.mayChange ?? {};
        for (const field of packet) assert.ok(field in requires.shape, `${at}: ${field}`);
        for (const field of terms) assert.ok(mayAmend.includes(field), `${at}: ${field}`);
      }
    });

  it('is limited at every desk of the processes that ask again', () => {
    const unlimited = ['insurance-claim', 'contract-review'].flatMap((name) =>
      Object.entries(all.find((one) => one.name === name)!.handoffs)
        .filter(([, { rework }]) => rework === undefined)
        .map(([at]) => at),
    );
    assert.deepEqual(unlimited, ['reserve'], 'whose return ends it');
  });
});

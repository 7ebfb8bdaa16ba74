import assert from 'node:assert/strict';
import people from '../../api/development-people.json' with { type: 'json' };
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { operationExists } from '../../systems/index.ts';
import * as declared from '../../workflows/definitions.ts';
import { firstDay } from '../../workflows/first-day.ts';
import type { Sample } from '../../workflows/sample.ts';
import * as samples from '../../workflows/samples.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };
const all: Record<string, readonly Sample[]> = { ...samples };

const isPerson = (name: string) => people.some(({ person }) => person === name);

describe('the samples', () => {
  it('are of every process, one of each way that it must show', () => {
    const begun = Object.values(definitions).flatMap(({ name, internal }) => (internal ? [] : name));
    assert.deepEqual(Object.keys(all).sort(), begun.sort());
    for (const [process, played] of Object.entries(all)) {
      assert.ok(
        played.some(({ given, then = [] }) => !given && [then].flat().every((one) => !('decides' in one))),
        `${process}: none goes by itself`,
      );
      const decided = played.flatMap(({ then = [] }) => [then].flat()).filter((one) => 'decides' in one);
      assert.ok(
        decided.some(({ decides }) => decides === 'approved'),
        `${process}: none is approved`,
      );
    }
  });

  for (const [process, samples] of Object.entries(all)) {
    const played = [...samples, ...(firstDay[process] ?? [])];
    it(`of ${process} are valid requests, of one case each, and name only what is declared`, () => {
      const definition = definitions[process]!;
      const { events, handoffs, inferences } = definition;
      const ids = played.map(({ request }) => caseIdOf(definition, definition.request.parse(request)));
      assert.equal(new Set(ids).size, ids.length);
      for (const { requestedBy, given = [], then = [] } of played) {
        if (requestedBy) assert.ok(isPerson(requestedBy), requestedBy);
        for (const one of [given].flat()) {
          if ('refuses' in one) assert.ok(operationExists(one.refuses, 'write'), one.refuses);
          else if (one.for)
            assert.ok(
              Object.keys(inferences).some((name) => `${process}_${name}` === one.for),
              one.for,
            );
        }
        for (const one of [then].flat()) {
          if (one.of) assert.ok(one.of in handoffs || one.of in events || one.of === 'repair', one.of);
          if ('by' in one && one.by) assert.ok(isPerson(one.by), one.by);
          if (!('comes' in one)) continue;
          const event = events[one.comes];
          assert.ok(event, one.comes);
          const fields = Object.keys(event.by.shape).concat(Object.keys(event.gives.shape));
          assert.deepEqual(
            Object.keys(one.data).filter((field) => !fields.includes(field)),
            [],
          );
        }
      }
    });
  }
});

import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { ownerInWords } from '../../core/declare/owner.ts';
import { printFlow } from '../../scripts/docs/flow.ts';
import * as declared from '../../workflows/definitions.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };

describe('the picture of a process', () => {
  for (const [name, definition] of Object.entries(definitions)) {
    const lines = printFlow(definition).split('\n');
    const boxes = lines.filter((line) => line.startsWith('    '));
    const drawn = (kind: string, one: string) =>
      boxes.find((box) => box.startsWith(`    ${kind}_${one.replaceAll('-', '_')}`));

    it(`shows all that ${name} declares`, () => {
      const { context, inferences, policies, handoffs, actions, events, outcomes } = definition;
      const kinds = {
        ...{ source: context, inference: inferences, policy: policies, handoff: handoffs },
        ...{ action: actions, event: events, outcome: outcomes },
      };
      const named = Object.entries(kinds).flatMap(([kind, all]) => Object.keys(all).map((one) => [kind, one] as const));
      for (const [kind, one] of named) assert.ok(drawn(kind, one), `${kind} ${one}`);
      assert.equal(boxes.length, named.length);
      for (const [one, { owner, answerWithin, escalateTo }] of Object.entries(handoffs))
        for (const part of [ownerInWords(owner), answerWithin, escalateTo])
          assert.ok(drawn('handoff', one)!.includes(part), `${one}: ${part}`);
      for (const [one, { compensatedBy }] of Object.entries(actions))
        assert.ok(drawn('action', one)!.includes(compensatedBy ?? 'cannot be compensated'), one);
    });

    it(`joins only what it shows of ${name}, and leaves nobody aside`, () => {
      const edges = lines.filter((line) => line.includes('-->')).map((line) => line.split(/<?-->(?:\|[^|]*\|)?/));
      const named = (side: string) => side.split('&').map((end) => end.trim());
      const ids = lines.flatMap((line) => /^ +(?:subgraph )?(\w+)[^\w\s]/.exec(line)?.[1] ?? []);
      for (const end of edges.flat().flatMap(named)) assert.ok(ids.includes(end), end);
      const reached = edges.flatMap(([, to]) => named(to!));
      for (const one of Object.keys(definition.handoffs))
        assert.ok(reached.includes('handoffs') || reached.includes(`handoff_${one}`), one);
    });
  }
});

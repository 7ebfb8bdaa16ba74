import assert from 'node:assert/strict';
import { z } from 'zod';
import { passagesOf } from '../../workflows/insurance-claim/passages.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';

type Json = z.core.JSONSchema.JSONSchema;

/** Names of fields, however deep. */
function namesIn(schema: Json): string[] {
  const { properties = {}, anyOf = [], oneOf = [], allOf = [], items, additionalProperties } = schema;
  const within = [...anyOf, ...oneOf, ...allOf, items, additionalProperties, ...Object.values(properties)];
  const deeper = within.filter((one) => typeof one === 'object' && !Array.isArray(one)) as Json[];
  return [...Object.keys(properties), ...deeper.flatMap(namesIn)];
}

const shownBy = (packet: z.ZodObject): string[] =>
  namesIn(z.toJSONSchema(packet, { io: 'output', unrepresentable: 'any' }) as Json);

/** What a model may cite to whoever is shown its answer: all that it was given, or the texts that it quotes from. */
function notShown({ handoffs, inferences }: Pick<ProcessDefinition, 'handoffs' | 'inferences'>): string[] {
  return Object.entries(handoffs).flatMap(([handoff, { requires }]) => {
    const shown = shownBy(requires);
    const isShown = ({ returns }: ProcessDefinition['inferences'][string]) =>
      Object.keys(returns.shape).some((field) => field in requires.shape);
    return Object.entries(inferences)
      .filter(([, inference]) => isShown(inference))
      .flatMap(([name, { given, quotesFrom = [], shownAs = {} }]) => {
        const cited = 'evidence' in requires.shape ? Object.keys(given.shape) : quotesFrom;
        return cited
          .filter((field) => !shown.includes(shownAs[field] ?? field))
          .map((field) => `${handoff} shows what ${name} says, and not ${field}`);
      });
  });
}

describe('what a model relies on', () => {
  for (const definition of Object.values<ProcessDefinition>(definitions))
    it(`is shown to whoever decides on what it says: ${definition.name}`, () => {
      assert.deepEqual(notShown(definition), []);
      for (const [name, { given, shownAs = {} }] of Object.entries(definition.inferences))
        for (const field of Object.keys(shownAs)) assert.ok(field in given.shape, `${name}: ${field}`);
    });

  it('is missed where a packet lacks it', () => {
    const { handoffs, inferences } = definitions['service-renewal'] as ProcessDefinition;
    const approve = handoffs['approve']!;
    const requires = approve.requires.omit({ usage: true } as never) as z.ZodObject;
    assert.deepEqual(notShown({ inferences, handoffs: { approve: { ...approve, requires } as typeof approve } }), [
      'approve shows what brief says, and not usage',
    ]);
  });

  it('is shown of a long document with what stands around it, once', () => {
    const text = `${'a '.repeat(5_000)}the roof leaked ${'b '.repeat(5_000)}`;
    const detail = { what: 'cause', value: 'leak', quote: 'the roof leaked' } as const;
    const [passage, ...others] = passagesOf([{ documentId: 'D-1', kind: 'report', text }], [detail, detail]);
    assert.deepEqual([passage!.kind, passage!.text.length, others], ['report', 415, []]);
    assert.match(passage!.text, /a the roof leaked b/);
  });
});

import type { FieldsOf, Schema } from '../shared/schema.ts';
import { currencyIn, fieldOf, isObject, kindOf, shapeOf } from '../shared/schema.ts';
import { usePlain } from '../shared/value-scope.tsx';
import { packetOf, packetSchema, termsOf, termsSchema, useAround } from './around.tsx';

type Places = Record<string, string>;

/** Answers what fills the places of a sentence about a handoff: its fields in words; what stands nearer to the top comes first. */
export function usePlaces() {
  const plain = usePlain();
  const around = useAround();
  const { handoff } = around;
  const whole = currencyIn(termsOf(handoff)) ?? currencyIn(packetOf(handoff));
  const add = (found: Places, of: FieldsOf, schema: Schema | undefined, deep: number): Places => {
    const currency = currencyIn(of) ?? whole;
    for (const [name, value] of Object.entries(of)) {
      const shape = shapeOf(fieldOf(schema, name), value);
      const kind = kindOf(value, shape, name, currency);
      if (!Object.hasOwn(found, name) && !['object', 'lines', 'list'].includes(kind))
        found[name] = short(plain(kind, value, name, currency));
    }
    for (const [name, value] of Object.entries(of))
      if (deep > 0 && isObject(value)) add(found, value, shapeOf(fieldOf(schema, name), value), deep - 1);
    return found;
  };
  return {
    /** Of the terms, then of the packet. */
    ofHandoff: (): Places => {
      const found = add({}, termsOf(handoff), termsSchema(around), 1);
      return add(found, packetOf(handoff), packetSchema(around), 2);
    },
    /** Of one write: its line of the terms, then the terms. */
    ofWrite: (line: FieldsOf, schema: Schema | undefined): Places =>
      add(add({}, line, schema, 0), termsOf(handoff), termsSchema(around), 1),
  };
}

/** A long text in a sentence is no sentence any more. */
const short = (text: string): string => {
  const whole = text.trim().replace(/[.!?]$/, '');
  return whole.length <= longest ? whole : `${whole.slice(0, whole.lastIndexOf(' ', longest))} …`;
};
const longest = 60;

/** A sentence in which a place could not be filled. */
export const withoutPlaces = (sentence: string): string => sentence.replaceAll(/\{\w+\}/g, '…');

import { currencyIn, fieldOf, type FieldsOf, isObject, kindOf, type Schema, shapeOf } from './schema.ts';
import { type Scope, usePlainIn } from './value-scope.tsx';

/** What fills the places of a sentence, by the names of fields. */
export type Places = Record<string, string>;

/**
 * Answers what adds fields in words, and those of as many objects below as `deep` says, to places: what is there already stays, what
 * stands nearer to the top comes first.
 */
export function useAddPlaces(): (
  found: Places,
  of: FieldsOf,
  schema: Schema | undefined,
  deep: number,
  scope: Scope,
) => Places {
  const plain = usePlainIn();
  return function add(found, of, schema, deep, scope) {
    const currency = currencyIn(of) ?? scope.currency;
    for (const [name, value] of Object.entries(of)) {
      const shape = shapeOf(fieldOf(schema, name), value);
      const kind = kindOf(value, shape, name, currency);
      if (!Object.hasOwn(found, name) && !['object', 'lines', 'list'].includes(kind))
        found[name] = short(plain({ ...scope, currency }, kind, value, name));
    }
    for (const [name, value] of Object.entries(of))
      if (deep > 0 && isObject(value)) add(found, value, shapeOf(fieldOf(schema, name), value), deep - 1, scope);
    return found;
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

import { type Places, useAddPlaces } from '../shared/places.ts';
import { currencyIn, type FieldsOf, type Schema } from '../shared/schema.ts';
import { packetOf, termsOf, termsSchema, useAround } from './around.tsx';

/** Answers what fills the places of a sentence about one write: its line of the terms, then the terms. */
export function usePlacesOfWrite(): (line: FieldsOf, schema: Schema | undefined) => Places {
  const add = useAddPlaces();
  const around = useAround();
  const [terms, packet] = [termsOf(around.handoff), packetOf(around.handoff)];
  const scope = { process: around.handoff.process, currency: currencyIn(terms) ?? currencyIn(packet) };
  return (line, schema) => add(add({}, line, schema, 0, scope), terms, termsSchema(around), 1, scope);
}

import { z } from 'zod';
import { type JsonSchema, makeStrict } from './strict-schema.ts';

/** How an answer travels: the JSON Schema a provider holds the model to, and how what it sends is read. */
export interface AnswerSchema {
  schema: JsonSchema;
  /** @throws {z.ZodError | UnknownField} where the answer is not exactly of this shape */
  read: (content: unknown) => Record<string, unknown> & { confidence: number; evidence: string[] };
}

export class UnknownField extends Error {}

const cache = new WeakMap<z.ZodObject, AnswerSchema>();

/**
 * The fields of `returns`, besides `confidence` (0 to 1) and `evidence`. Built once per object.
 * @throws {TypeError} where `returns` cannot be said in strict mode's JSON Schema, or has one of these two fields itself
 */
export const answerSchema = (returns: z.ZodObject): AnswerSchema => {
  let made = cache.get(returns);
  if (!made) cache.set(returns, (made = build(returns)));
  return made;
};

const build = (returns: z.ZodObject): AnswerSchema => {
  for (const field of ['confidence', 'evidence'])
    if (field in returns.shape)
      throw new TypeError(`"${field}" is part of every answer, so an inference must not return it`);
  const answer = returns.extend({ confidence: z.number().min(0).max(1), evidence: z.array(z.string()) }).strict();
  const schema = z.toJSONSchema(answer, { cycles: 'throw' });
  const optional = makeStrict(schema);
  return {
    schema,
    read: (content) => {
      dropAbsent(schema, content, optional);
      const parsed = answer.parse(content);
      refuseUnknown(content, parsed);
      return parsed as ReturnType<AnswerSchema['read']>;
    },
  };
};

/** A field that may be absent is sent as null: takes those out again. */
const dropAbsent = (schema: JsonSchema, value: unknown, optional: Map<JsonSchema, string[]>): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const branch of schema.anyOf ?? [])
    if (typeof branch === 'object' && mayBe(branch, value)) dropAbsent(branch, value, optional);
  if (Array.isArray(value)) {
    if (typeof schema.items === 'object')
      for (const item of value) dropAbsent(schema.items as JsonSchema, item, optional);
    return;
  }
  const fields = value as Record<string, unknown>;
  for (const name of optional.get(schema) ?? []) if (fields[name] === null) delete fields[name];
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    dropAbsent(part as JsonSchema, fields[name], optional);
};

const mayBe = (branch: JsonSchema, value: object): boolean =>
  Object.entries(branch.properties ?? {}).every(
    ([name, part]) =>
      typeof part !== 'object' || part.const === undefined || part.const === (value as Record<string, unknown>)[name],
  );

/** Inner objects that are not strict lose what they do not know; here that is a breach. Text must be storable as well. */
const refuseUnknown = (sent: unknown, parsed: unknown): void => {
  if (typeof sent === 'string' && (sent.includes('\0') || !sent.isWellFormed()))
    throw new UnknownField('text that cannot be stored');
  if (typeof sent !== 'object' || sent === null) return;
  const known = (parsed ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(sent)) {
    if (!Object.hasOwn(known, name)) throw new UnknownField('a field nobody asked for');
    refuseUnknown(value, known[name]);
  }
};

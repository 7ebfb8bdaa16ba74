import { randomUUID } from 'node:crypto';
import type { z } from 'zod';

/** One kind of record that a system holds. `terms` are what a record can be found by besides its id. */
export interface Kind<Body = any> {
  system: string;
  kind: string;
  id: (body: Body) => string;
  /** What two spellings of one id have in common. */
  form: (id: string) => string;
  body: z.ZodType<Body>;
  terms: (body: Body) => string[];
}

/** What an operation sees: the records as they are now. Changes are applied together once the operation has answered. */
export interface Records {
  get<Body>(kind: Kind<Body>, id: string): Promise<Body | undefined>;
  /** Those that exist, in the order of the ids. */
  getAll<Body>(kind: Kind<Body>, ids: readonly string[]): Promise<Body[]>;
  /** Ordered by id. */
  having<Body>(kind: Kind<Body>, term: string): Promise<Body[]>;
  put<Body>(kind: Kind<Body>, body: Body): void;
  remove<Body>(kind: Kind<Body>, body: Body): void;
}

export interface Operation {
  takes: z.ZodType;
  /** Answers the data of a read (null: no such thing), or the result of a write. */
  run: (input: any, records: Records) => Promise<unknown>;
}

export interface SystemOfRecord {
  name: string;
  kinds: Kind[];
  reads: Record<string, Operation>;
  writes: Record<string, Operation>;
}

/** A system's "no": answered as `status`, with the code and the sentence; nothing is applied. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 422) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const kind = <Body>(
  name: `${string}.${string}`,
  id: keyof Body & string,
  body: z.ZodType<Body>,
  terms: (body: Body) => string[] = () => [],
  form: (id: string) => string = (spelled) => spelled,
): Kind<Body> => {
  const [system, own] = name.split('.') as [string, string];
  return { system, kind: own, id: (value) => form(String(value[id])), form, body, terms };
};

export const operation = <Input>(
  takes: z.ZodType<Input>,
  run: (input: Input, records: Records) => Promise<unknown>,
): Operation => ({ takes, run });

/** The record, or the refusal `<noun>-unknown`. */
export async function existing<Body>(records: Records, of: Kind<Body>, id: string, noun: string): Promise<Body> {
  const body = await records.get(of, id);
  if (body === undefined) throw new Refusal(`${noun.replaceAll(' ', '-')}-unknown`, `There is no ${noun} ${id}.`);
  return body;
}

export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 18)}`;

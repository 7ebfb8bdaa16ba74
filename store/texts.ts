import { createHash } from 'node:crypto';
import type { TextRef } from '../core/declare/texts.ts';
import { longTextsIn } from '../core/declare/values.ts';
import type { z } from 'zod';
import { type Db, row } from './pool.ts';

/** The longest part that a model is asked about at once, in UTF-16 code units. */
const longestPart = 40_000;

/** Stores a text, once, and answers what stands for it. */
export async function keepText(db: Db, text: string): Promise<TextRef> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const insert = 'insert into texts (sha256, body) values ($1, $2) on conflict do nothing';
  await row(db, 'texts.keep', insert, [sha256, text]);
  return { ref: `sha256:${sha256}`, characters: text.length, parts: cut(text).length };
}

const sha256In = (ref: TextRef['ref']): string => ref.slice('sha256:'.length);

/** A text, or the part of it that is meant, and where in the whole it begins; undefined when there is no such text. */
export async function readText(db: Db, { ref, part }: TextRef): Promise<{ text: string; from: number } | undefined> {
  const read = 'select body from texts where sha256 = $1';
  const found = await row<{ body: string }>(db, 'texts.read', read, [sha256In(ref)]);
  if (!found) return undefined;
  const { body } = found;
  if (part === undefined) return { text: body, from: 0 };
  const [from, to] = cut(body)[part - 1] ?? [body.length, body.length];
  return { text: body.slice(from, to), from };
}

/** The value with its long texts stored and references in their place. */
export async function keepTexts<V>(db: Db, schema: z.ZodType, value: V): Promise<V> {
  const kept = { ...value } as Record<string, unknown>;
  const fields = longTextsIn(schema).filter((field) => typeof kept[field] === 'string');
  if (fields.length === 0) return value;
  for (const field of fields) kept[field] = await keepText(db, kept[field] as string);
  return kept as V;
}

const isKept = async (db: Db, { ref }: TextRef): Promise<boolean> =>
  (await row(db, 'texts.isKept', 'select 1 from texts where sha256 = $1', [sha256In(ref)])) !== undefined;

/** The first field whose text is not stored. */
export async function missingText(db: Db, schema: z.ZodType, value: object): Promise<string | undefined> {
  for (const field of longTextsIn(schema)) {
    const text = (value as Record<string, unknown>)[field] as TextRef | null | undefined;
    if (text && !(await isKept(db, text))) return field;
  }
  return undefined;
}

/** A text that a case was given, by its request or by anything on its record. */
export async function textOfCase(db: Db, caseId: string, sha256: string): Promise<string | undefined> {
  const found = await row<{ body: string }>(
    db,
    'texts.ofCase',
    `select body from texts where sha256 = $2 and exists (
       select 1 from record where case_id = $1 and position('sha256:' || $2 in body::text) > 0)`,
    [caseId, sha256],
  );
  return found?.body;
}

/** From where to where each part goes: as many whole lines as fit; a line that is longer is cut between two characters. */
function cut(text: string): [from: number, to: number][] {
  const parts: [number, number][] = [];
  for (let from = 0; from < text.length;) {
    const last = from + longestPart;
    let to = last >= text.length ? text.length : text.lastIndexOf('\n', last - 1) + 1;
    if (to <= from) to = isLowSurrogate(text, last) ? last - 1 : last;
    parts.push([from, to]);
    from = to;
  }
  return parts;
}

const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

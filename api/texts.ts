import type { z } from 'zod';
import { longTextsIn } from '../core/declare/values.ts';
import type { Db } from '../store/pool.ts';
import { keepTexts } from '../store/texts.ts';
import { Problem } from './problems.ts';
import { pointerOf } from '../rules/json-pointer.ts';

/** The value with its long texts stored. Nobody passes a reference, which would give them a text that is not theirs. */
export function storeTexts<V extends object>(
  db: Db,
  schema: z.ZodType,
  value: V,
  at: readonly string[] = [],
): Promise<V> {
  const given = value as Record<string, unknown>;
  const errors = longTextsIn(schema)
    .filter((field) => typeof given[field] === 'object' && given[field] !== null)
    .map((field) => ({ field: pointerOf([...at, field]), message: 'must be a text' as const }));
  if (errors.length > 0) throw new Problem('request-invalid', '', { errors });
  return keepTexts(db, schema, value);
}

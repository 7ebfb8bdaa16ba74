import { z } from 'zod';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { bodyOf, type FactLine, nameIn } from './lines.ts';

/** By `fact:<policy>.<fact>`, `answer:<inference>.<field>` and `confidence:<inference>`; a text is a category. */
export type DriftValues = Record<string, number | string>;

type Kind = 'number' | 'category';
type Kinds = ReadonlyMap<string, Kind>;

/** Which of its fields hold numbers or one of few declared values. Free text is left out: it may be personal. */
function kindsIn(schema: z.ZodObject): Kinds {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  const kinds = new Map<string, Kind>();
  for (const [name, field] of Object.entries(properties)) {
    if (typeof field === 'boolean') continue;
    if (field.enum !== undefined || field.type === 'boolean') kinds.set(name, 'category');
    else if (field.type === 'number' || field.type === 'integer') kinds.set(name, 'number');
  }
  return kinds;
}

const known = new WeakMap<z.ZodObject, Kinds>();
function kindsOf(schema: z.ZodObject): Kinds {
  const kinds = known.get(schema) ?? kindsIn(schema);
  known.set(schema, kinds);
  return kinds;
}

/** The last value of each fact and answer; of a ruling on several lines, that of the first. */
export function driftValues(
  caseId: string,
  lines: readonly FactLine[],
  { policies, inferences }: Pick<ProcessDefinition, 'policies' | 'inferences'>,
): DriftValues {
  const values: DriftValues = {};
  const take = (prefix: string, schema: z.ZodObject | undefined, from: Record<string, unknown> = {}) => {
    for (const [field, kind] of schema ? kindsOf(schema) : []) {
      const value = from[field];
      if (!['number', 'string', 'boolean'].includes(typeof value)) continue;
      values[`${prefix}.${field}`] =
        kind === 'number' && typeof value === 'number' ? value : String(value as string | boolean);
    }
  };
  for (const line of lines) {
    const name = nameIn(caseId, line.key);
    const body = bodyOf(line);
    if (line.type === 'policy.ruled' && Object.hasOwn(policies, name))
      take(`fact:${name}`, policies[name]!.facts as z.ZodObject, body['facts']?.[0]);
    if (line.type === 'inference.answered' && Object.hasOwn(inferences, name)) {
      take(`answer:${name}`, inferences[name]!.returns, body['answer']);
      values[`confidence:${name}`] = body['confidence'];
    }
  }
  return values;
}

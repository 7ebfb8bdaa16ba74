import { insuranceClaim } from './insurance-claim.ts';
import { orderException } from './order-exception.ts';
import { payableException } from './payable-exception.ts';
import { refund } from './refund.ts';
import { serviceRenewal } from './service-renewal.ts';
import { accessRequest } from './access-request.ts';
import { leadIntake } from './lead-intake.ts';
import { contractReview } from './contract-review.ts';

/** The parts of JSON Schema that answers are asked for in. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  format?: string;
}

export interface Reply {
  confidence: number;
  evidence: string[];
  [field: string]: unknown;
}

/** From the data a case gives to the fields of the answer. */
export type Answers = Record<string, (given: any) => Reply>;

/** Every process's answers, one line each, by `<process>_<inference>`. */
const known: Answers = {
  ...insuranceClaim,
  ...refund,
  ...serviceRenewal,
  ...orderException,
  ...payableException,
  ...accessRequest,
  ...leadIntake,
  ...contractReview,
};

/** The answer for this question, of exactly the shape asked for. What nobody prepared for is answered unsurely. */
export const answerTo = (name: string, given: unknown, schema: Schema): Reply =>
  conform(prepared(name, given) ?? { confidence: 0.2, evidence: [] }, schema) as Reply;

const prepared = (name: string, given: unknown): Reply | undefined => {
  try {
    return Object.hasOwn(known, name) ? known[name]!(given) : undefined;
  } catch {
    return undefined; // data of another shape than the answer was written for
  }
};

/** The value as far as the schema knows it; what is missing is filled in. */
const conform = (value: unknown, schema: Schema): unknown => {
  if (value === undefined) return filled(schema);
  const { properties, items } = branchFor(value, schema);
  if (Array.isArray(value)) return items ? value.map((item) => conform(item, items)) : value;
  if (typeof value !== 'object' || value === null || !properties) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, conform(fields[name], part)]));
};

const branchFor = (value: unknown, schema: Schema): Schema =>
  schema.anyOf
    ?.map((branch) => branchFor(value, branch))
    .find(
      ({ type, properties = {} }) =>
        type === (Array.isArray(value) ? 'array' : typeof value) &&
        Object.entries(properties).every(
          ([name, part]) => part.const === undefined || part.const === (value as Record<string, unknown>)[name],
        ),
    ) ?? schema;

const FORMATS: Record<string, string> = {
  date: '2000-01-01',
  'date-time': '2000-01-01T00:00:00Z',
  time: '00:00:00',
  email: 'unknown@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

const filled = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return schema.anyOf.some(({ type }) => type === 'null') ? null : filled(schema.anyOf[0]!);
  switch (schema.type ?? 'string') {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, filled(part)]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => filled(schema.items ?? {}));
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return Math.max(0, schema.minimum ?? 0, (schema.exclusiveMinimum ?? -1) + 1);
    case 'null':
      return null;
    default:
      return FORMATS[schema.format ?? ''] ?? 'unknown';
  }
};

import type { CodeList } from './code-words.ts';

/** A JSON Schema, as far as values are shown and typed by it. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maxLength?: number;
  /** `minor`: an amount in its currency's smallest unit. */
  'x-unit'?: string;
  /** The list of codes that it is one of. */
  'x-code'?: CodeList;
  /** It is the name of a rule, or of a value that is declared elsewhere. */
  'x-names'?: string;
}

export type FieldsOf = Readonly<Record<string, unknown>>;

/** What a plain value reads like; empty for what has parts, and for nothing. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';

export const isObject = (value: unknown): value is FieldsOf =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a value is shown: `lines` are a list of objects. */
export type Kind =
  | ('none' | 'boolean' | 'amount' | 'price' | 'number' | 'day' | 'instant' | 'word' | 'text')
  | CodeList
  | ('list' | 'lines' | 'object');

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

function fits(schema: Schema, value: unknown): boolean {
  const among = schema.anyOf ?? schema.oneOf;
  if (among) return among.some((one) => fits(one, value));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  const types = [schema.type ?? []].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(type === 'integer' && types.includes('number'))) return false;
  if (!isObject(value)) return true;
  return Object.entries(schema.properties ?? {}).every(
    ([name, one]) => !(one.const !== undefined || one.enum) || !(name in value) || fits(one, value[name]),
  );
}

/** Of a schema that allows several shapes the one that this value has. */
export function shapeOf(schema: Schema | undefined, value: unknown): Schema | undefined {
  const among = schema?.anyOf ?? schema?.oneOf;
  if (!among) return schema;
  const found = among.find((one) => fits(one, value));
  return found && shapeOf(found, value);
}

/** What a schema says where nothing is said yet: the shape that is not "none". */
export const shapeAsked = (schema: Schema | undefined): Schema | undefined => {
  const among = schema?.anyOf ?? schema?.oneOf;
  return among ? shapeAsked(among.find(({ type }) => type !== 'null')) : schema;
};

export const mayBeNone = (schema: Schema | undefined): boolean =>
  (schema?.anyOf ?? schema?.oneOf ?? []).some(({ type }) => type === 'null');

export const fieldOf = (schema: Schema | undefined, name: string): Schema | undefined =>
  schema?.properties?.[name] ??
  (typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined);

const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
/** A name of the business that stands as a plain text: `bank-detail-change`. */
const slug = /^[a-z]+([-_][a-z]+)+$/;
/** What is worth money by its name, where nothing is declared and a currency stands beside it. */
const worth =
  /(amount|price|total|gross|net|tax|fee|reserved?|budget|paid|refunded|credited|collected|retained|renewal|kept|value|limit|deductible)$/i;

/** A decimal number as text. */
const decimal = /^-?\d{1,15}(\.\d{1,20})?$/;

/** `field` is the value's name; `currency` that beside it. */
export function kindOf(value: unknown, schema: Schema | undefined, field = '', currency?: string): Kind {
  if (value === null || value === undefined || value === '' || Number.isNaN(value)) return 'none';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return isAmount(schema, field, currency) ? 'amount' : 'number';
  if (typeof value === 'string') return kindOfText(value, schema, field);
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? 'none' : 'object';
  if (value.length === 0) return 'none';
  return value.every(isObject) ? 'lines' : 'list';
}

export const isAmount = (schema: Schema | undefined, field: string, currency: string | undefined): boolean =>
  schema ? schema['x-unit'] === 'minor' : currency !== undefined && worth.test(field);

function kindOfText(value: string, schema: Schema | undefined, field: string): Kind {
  if (schema?.enum || schema?.const !== undefined || schema?.['x-names']) return 'word';
  if (schema?.['x-code']) return schema['x-code'];
  if (schema?.['x-unit'] === 'major' && decimal.test(value)) return 'price';
  if (schema?.pattern !== undefined && decimal.test(value) && !day.test(value)) return 'number';
  if (slug.test(value) && !/ids?$/i.test(field)) return 'word';
  if (schema?.format === 'date' || (!schema?.format && day.test(value))) return 'day';
  if (schema?.format === 'date-time' || (!schema?.format && instant.test(value))) return 'instant';
  return 'text';
}

export const isCurrency = (value: unknown): value is string => typeof value === 'string' && /^[A-Z]{3}$/.test(value);

/** The currency of what stands in this value: its own, else that of everything in it, where it is one. */
export function currencyIn(value: unknown): string | undefined {
  if (isObject(value) && isCurrency(value['currency'])) return value['currency'];
  const found = new Set(currencies(value));
  return found.size === 1 ? [...found][0] : undefined;
}

function currencies(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(currencies);
  if (!isObject(value)) return [];
  const own = value['currency'];
  return [...(isCurrency(own) ? [own] : []), ...Object.values(value).flatMap(currencies)];
}

import { createHash } from 'node:crypto';
import zen from '@gorules/zen-engine';
import canonicalize from 'canonicalize';
import { z } from 'zod';

const Values = z.record(z.string(), z.json());
const Row = z.strictObject({
  rule: z.string().regex(/^\S.{0,99}$/),
  because: z.string().optional(),
  /** Conditions, all of which must hold: a fact's name and a ZEN unary expression over its value. */
  when: z.record(z.string(), z.string().max(500)).optional(),
  verdict: z.string(),
  outputs: Values.optional(),
  /** Changes to the baseline that make exactly this row hold. */
  example: Values,
  /** For each cell a value of its fact that makes the cell miss. */
  counter: Values.optional(),
});
const Table = z.strictObject({
  name: z.string().min(1),
  version: z.int().min(1),
  hit: z.literal('first'),
  /** A full set of facts, which the examples start from. */
  baseline: Values,
  rows: z.array(Row).min(1),
});

/** What a table must keep to. `verdicts` run from the least to the most careful. */
export interface TableContract<Verdict extends string = string> {
  facts: z.ZodObject;
  verdicts: readonly Verdict[];
}

export interface CompiledTable<Verdict extends string = string> {
  readonly name: string;
  readonly version: number;
  /** sha256, see `digest`. */
  readonly digest: string;
  readonly facts: z.ZodObject;
  readonly rows: readonly {
    readonly rule: string;
    readonly verdict: Verdict;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly cells: readonly (readonly [fact: string, expression: string])[];
  }[];
}

export interface Decided<Verdict extends string = string> {
  rule: string;
  verdict: Verdict;
  outputs: Readonly<Record<string, unknown>>;
  /** Position in the table, from 0. */
  row: number;
}

/** A table that may not rule: where it is wrong, and why. */
export class TableInvalid extends Error {
  readonly table: string;
  readonly rule: string | undefined;
  readonly cell: string | undefined;
  readonly reason: string;

  constructor(reason: string, table: string, rule?: string, cell?: string) {
    super(`decision table ${[table, rule, cell].filter((part) => part !== undefined).join(' / ')}: ${reason}`);
    this.name = 'TableInvalid';
    this.table = table;
    this.rule = rule;
    this.cell = cell;
    this.reason = reason;
  }
}

/** Facts that break the contract of the table. `issues` name facts and reasons, never values. */
export class FactsInvalid extends Error {
  readonly table: string;
  readonly issues: readonly string[];

  constructor(table: string, issues: readonly string[]) {
    super(`facts for decision table ${table}: ${issues.join('; ')}`);
    this.name = 'FactsInvalid';
    this.table = table;
    this.issues = issues;
  }
}

/** sha256, in hex, of the table's canonical JSON (RFC 8785). */
export const digest = (table: unknown): string => createHash('sha256').update(canonical(table)).digest('hex');

/**
 * Checks a table against its contract, then against its own examples.
 * @throws {TableInvalid} at the first fault
 */
export const compileTable = <const V extends string>(table: unknown, contract: TableContract<V>): CompiledTable<V> => {
  const { name, version, baseline, rows } = parseTable(table);
  const kinds = kindsOf(contract.facts, name);
  const compiled: CompiledTable<V> = freeze({
    name,
    version,
    digest: digest(table),
    facts: contract.facts.strict(),
    rows: rows.map((row) => ({
      rule: row.rule,
      verdict: row.verdict as V,
      outputs: row.outputs ?? {},
      cells: Object.entries(row.when ?? {}),
    })),
  });

  rows.forEach((row, index) => {
    const refuse = (reason: string, cell?: string): never => {
      throw new TableInvalid(reason, name, row.rule, cell);
    };
    const { cells } = compiled.rows[index]!;
    const last = index === rows.length - 1;
    if (rows.findIndex(({ rule }) => rule === row.rule) !== index) refuse('two rows have this name');
    if (!contract.verdicts.includes(row.verdict as V)) refuse(`unknown verdict "${row.verdict}"`);
    if (last && cells.length > 0) refuse('the last row takes what is left, so it has no conditions');
    if (last && row.verdict === contract.verdicts[0]) refuse('the last row must not give the least careful verdict');
    if (!last && cells.length === 0) refuse('only the last row is without conditions');
    for (const [fact, expression] of cells) {
      const kind = kinds.get(fact) ?? refuse('no such fact is declared', fact);
      const fault = faultOf(expression, kind);
      if (fault) refuse(fault, fact);
    }
    for (const fact of Object.keys(row.counter ?? {}))
      if (!cells.some(([cell]) => cell === fact)) refuse('a counter-example without a cell', fact);
  });

  rows.forEach((row, index) => checkExamples(compiled, baseline, row, index));
  return compiled;
};

/**
 * The first row whose cells all hold.
 * @throws {FactsInvalid} for a fact that is missing, unknown, null, or of another type than declared
 */
export const decide = <V extends string>(table: CompiledTable<V>, facts: unknown): Decided<V> => {
  const parsed = table.facts.safeParse(facts);
  if (!parsed.success)
    throw new FactsInvalid(
      table.name,
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  const values: Record<string, unknown> = parsed.data;
  // zod passes over `__proto__` and reads inherited fields.
  if (Object.keys(facts as object).length !== Object.keys(values).length)
    throw new FactsInvalid(table.name, ['each fact must be a field of its own, and there may be no others']);
  const unfit = Object.keys(values).filter((fact) => !fit(values[fact]));
  if (unfit.length > 0)
    throw new FactsInvalid(
      table.name,
      unfit.map((fact) => `${fact}: a number too large or too fine, or ill-formed text`),
    );
  const row = table.rows.findIndex(({ rule, cells }) =>
    cells.every(([fact, expression]) => {
      try {
        return holds(expression, values[fact]);
      } catch {
        throw new FactsInvalid(table.name, [`${fact}: rule ${rule} cannot be evaluated`]);
      }
    }),
  );
  const { rule, verdict, outputs } = table.rows[row]!;
  return { rule, verdict, outputs, row };
};

type Kind = { type: 'boolean' | 'number' | 'string' | 'list'; values?: readonly unknown[] | undefined };

const holds = (expression: string, value: unknown) => zen.evaluateUnaryExpressionSync(expression, { $: value });

/** ZEN computes in decimals of 28 digits and aborts the whole process on a number outside them, such as 1e30 or 1e-30. */
const fit = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(fit);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'number' || value === 0) return true;
  return Math.abs(value) >= 1e-6 && Math.abs(value) <= 1e15;
};

const canonical = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
};

const parseTable = (table: unknown): z.infer<typeof Table> => {
  const raw = table as { name?: unknown; rows?: { rule?: unknown }[] } | null | undefined;
  const name = typeof raw?.name === 'string' ? raw.name : '(unnamed)';
  const parsed = Table.safeParse(table);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const rule =
      path[0] === 'rows' && path.length > 1
        ? (raw?.rows?.[Number(path[1])]?.rule ?? `row ${String(path[1])}`)
        : undefined;
    const where = path.slice(rule === undefined ? 0 : 2).join('.');
    throw new TableInvalid(message, name, rule as string | undefined, where === '' ? undefined : where);
  }
  // A record drops a key named `__proto__`; a dropped condition would widen its rule.
  if (canonical(parsed.data) !== canonical(table))
    throw new TableInvalid('holds a name that JSON data may not use', name);
  return structuredClone(parsed.data);
};

/** Facts are plain values, each of one type and always there: ZEN takes a null or another type for "does not hold". */
const kindsOf = (facts: z.ZodObject, table: string): Map<string, Kind> =>
  new Map(
    Object.entries(facts.shape as Record<string, z.ZodType>).map(([fact, schema]): [string, Kind] => {
      const refuse = (reason: string): never => {
        throw new TableInvalid(reason, table, undefined, fact);
      };
      if (schema.safeParse(null).success || schema.safeParse(undefined).success)
        refuse('a fact must not be nullable or optional');
      const { type, items, enum: values, const: only } = jsonSchema(schema) ?? refuse('a fact must be plain JSON data');
      if (type === 'boolean' || type === 'string')
        return [fact, { type, values: only === undefined ? values : [only] }];
      if (type === 'number' || type === 'integer') return [fact, { type: 'number' }];
      const item = type === 'array' && typeof items === 'object' && !Array.isArray(items) ? items.type : undefined;
      if (!['boolean', 'string', 'number', 'integer'].includes(item as string))
        refuse('a fact must be a boolean, a number, a text, or a list of one of these');
      return [fact, { type: 'list' }];
    }),
  );

const jsonSchema = (schema: z.ZodType) => {
  try {
    return z.toJSONSchema(schema);
  } catch {
    return undefined;
  }
};

const FUNCTIONS = ['abs', 'contains', 'endsWith', 'len', 'lower', 'startsWith', 'trim', 'upper'];
const WORDS = ['and', 'or', 'not', 'in', 'true', 'false'];
const TOKEN =
  /\s+|(?<string>'[^'\\]*'|"[^"\\]*")|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_#$][\w$]*)|(?<mark>\.\.|[=!<>]=|[<>()[\],-])|(?<other>[^])/gu;

/**
 * Why this cell may not be used, if so. What is let through is less than ZEN takes: an unknown word is null to it, so the
 * cell would never hold (or, after `!=`, always); arithmetic can overflow, which aborts the process.
 */
const faultOf = (expression: string, kind: Kind): string | undefined => {
  const tokens = [...expression.matchAll(TOKEN)].filter((match) => match[0].trim() !== '');
  if (tokens.length === 0) return 'an empty cell: leave it out, or say what must hold';
  const isCall = (at: number) => FUNCTIONS.includes(tokens[at]?.[0] ?? '') && tokens[at + 1]?.[0] === '(';
  const calls = tokens.some((_, at) => isCall(at));
  if (kind.type === 'list' && !calls) return 'a list is tested with contains($, …) or len($)';
  for (const [at, match] of tokens.entries()) {
    const token = match[0];
    const { string, number, word, other } = match.groups!;
    if (other !== undefined) return `${token} may not be used in a cell`;
    if (token === '$' && !(at >= 2 && isCall(at - 2))) return '$ stands only as the first argument of a function';
    if (word !== undefined && word !== '$' && !WORDS.includes(word) && !isCall(at))
      return `unknown word ${word}: quote a text`;
    if (token === '-' && (!tokens[at + 1]?.groups!['number'] || /^[\w\])'"]/.test(tokens[at - 1]?.[0] ?? '')))
      return '- stands only before a number';
    if (number !== undefined && !fit(Number(number))) return `${token} is too large or too fine`;
    if (calls) continue;
    const literal =
      string === undefined ? (number ?? (word === 'true' || word === 'false' ? word : undefined)) : string.slice(1, -1);
    if (literal === undefined) continue;
    const type = string !== undefined ? 'string' : number !== undefined ? 'number' : 'boolean';
    if (type !== kind.type) return `${token} is compared with a ${kind.type}`;
    if (type === 'string' && kind.values && !kind.values.includes(literal))
      return `${token} is none of the fact's values`;
  }
  try {
    holds(expression, { boolean: true, number: 1, string: kind.values?.[0] ?? '', list: [] }[kind.type]);
    return undefined;
  } catch (error) {
    return `not an expression: ${/"source":"([^"]*)"/.exec(String(error))?.[1] ?? 'it cannot be evaluated'}`;
  }
};

const checkExamples = (table: CompiledTable, baseline: object, row: z.infer<typeof Row>, index: number): void => {
  const refuse = (reason: string, cell?: string): never => {
    throw new TableInvalid(reason, table.name, row.rule, cell);
  };
  try {
    const hit = decide(table, { ...baseline, ...row.example });
    if (hit.row !== index) refuse(`its example hits the row "${hit.rule}"`);
    for (const [fact, expression] of table.rows[index]!.cells) {
      const against = row.counter?.[fact] ?? refuse('no counter-example', fact);
      const parsed = table.facts.shape[fact]!.safeParse(against) as z.ZodSafeParseResult<unknown>;
      if (!parsed.success || !fit(parsed.data)) return refuse('its counter-example is no value of this fact', fact);
      if (holds(expression, parsed.data)) refuse('its counter-example does not miss', fact);
    }
  } catch (error) {
    if (error instanceof FactsInvalid) refuse(`its example: ${error.issues.join('; ')}`);
    throw error;
  }
};

const freeze = <T extends object>(value: T): T => {
  for (const part of Object.values(value))
    if (typeof part === 'object' && part !== null && !(part instanceof z.ZodType)) freeze(part as object);
  return Object.freeze(value);
};

import { z } from 'zod';
import { digest } from '../store/digest.ts';
import { collected } from './collecting-table.ts';
import { faultOf, fit, holds, type Kind } from './decision-table-cell.ts';

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
  /** `first`: the first row that holds. `collect`: every row that holds; their numbers are added up. */
  hit: z.enum(['first', 'collect']),
  /** A full set of facts, which the examples start from. */
  baseline: Values,
  rows: z.array(Row).min(1),
});

/** What a table must keep to. `verdicts` run from the least to the most careful. */
export interface TableContract<Verdict extends string = string> {
  facts: z.ZodObject;
  verdicts: readonly Verdict[];
  /** What each row gives beside its verdict; nothing where it is left out. */
  outputs?: z.ZodObject | undefined;
}

export interface CompiledTable<Verdict extends string = string> {
  readonly name: string;
  readonly version: number;
  /** sha256, see `digest`. */
  readonly digest: string;
  readonly facts: z.ZodObject;
  readonly hit: 'first' | 'collect';
  readonly verdicts: readonly Verdict[];
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
  /** Positions in the table, from 0, of the rows that held. */
  hits: readonly number[];
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

/**
 * Checks a table against its contract, then against its own examples.
 * @throws {TableInvalid} at the first fault
 */
export const compileTable = <const V extends string>(table: unknown, contract: TableContract<V>): CompiledTable<V> => {
  const { name, version, hit, baseline, rows } = parseTable(table);
  const kinds = kindsOf(contract.facts, name);
  const compiled: CompiledTable<V> = freeze({
    name,
    version,
    digest: digest(table),
    facts: contract.facts.strict(),
    hit,
    verdicts: [...contract.verdicts],
    rows: rows.map((row) => ({
      rule: row.rule,
      verdict: row.verdict as V,
      outputs: outputsOf(row, contract.outputs, name),
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
    if (last && hit === 'first' && row.verdict === contract.verdicts[0])
      refuse('the last row must not give the least careful verdict');
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
 * The first row whose cells all hold; of a table that collects, all of them.
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
  if (table.hit === 'collect') return collected(table, (row) => holdsFor(table, row, values));
  const hit = table.rows.findIndex((row) => holdsFor(table, row, values));
  const { rule, verdict, outputs } = table.rows[hit]!;
  return { rule, verdict, outputs, hits: [hit] };
};

const holdsFor = <V extends string>(
  { name }: CompiledTable<V>,
  { rule, cells }: CompiledTable<V>['rows'][number],
  values: Record<string, unknown>,
): boolean =>
  cells.every(([fact, expression]) => {
    try {
      return holds(expression, values[fact]);
    } catch {
      throw new FactsInvalid(name, [`${fact}: rule ${rule} cannot be evaluated`]);
    }
  });

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
  if (digest(parsed.data) !== digest(table)) throw new TableInvalid('holds a name that JSON data may not use', name);
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

const outputsOf = ({ rule, outputs = {} }: z.infer<typeof Row>, contract: z.ZodObject | undefined, table: string) => {
  const parsed = (contract ?? z.object({})).strict().safeParse(outputs);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new TableInvalid(message, table, rule, ['outputs', ...path].join('.'));
};

const jsonSchema = (schema: z.ZodType) => {
  try {
    return z.toJSONSchema(schema);
  } catch {
    return undefined;
  }
};

const checkExamples = (table: CompiledTable, baseline: object, row: z.infer<typeof Row>, index: number): void => {
  const refuse = (reason: string, cell?: string): never => {
    throw new TableInvalid(reason, table.name, row.rule, cell);
  };
  try {
    const { hits, rule } = decide(table, { ...baseline, ...row.example });
    // What a collecting table adds to is hit besides.
    const alone = table.hit === 'collect' && index < table.rows.length - 1 ? hits.slice(0, -1) : hits;
    if (alone.length !== 1 || alone[0] !== index) refuse(`its example hits the row "${rule}"`);
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

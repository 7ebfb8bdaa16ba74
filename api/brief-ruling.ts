import { z } from 'zod';
import type { Policy, ProcessDefinition } from '../core/declare/definition.ts';
import { type CompiledTable, compileTable } from '../rules/decision-table.ts';
import { rowsAround } from '../rules/rows-around.ts';
import type { BriefLine } from '../store/briefs.ts';
import type { StoredHandoff } from '../store/handoffs.ts';
import type { Db } from '../store/pool.ts';
import { findTable } from '../store/tables.ts';
import { inputSchema } from './routes/processes.ts';

const Row = z.object({ rule: z.string(), because: z.string().nullable() });

export const BriefRuling = z.object({
  policy: z.string(),
  version: z.int(),
  rule: z.string(),
  because: z.string().nullable().describe('As the table has it'),
  verdict: z.string(),
  facts: z.record(z.string(), z.unknown()).describe('What it was ruled on; of several lines the one that ruled'),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the facts'),
  also: z.array(Row).describe('Other rows that hold, too'),
  near: z
    .array(Row.extend({ fact: z.string(), value: z.number(), expression: z.string() }))
    .describe('Rows that hold but for one number, which is near'),
});

interface Ruled {
  verdict: string;
  rule: string;
  facts: Record<string, unknown>[];
  rulings: { rule: string; verdict: string }[];
  on: string;
  table?: { version: number };
}

interface Written {
  rows: { rule: string; because?: string }[];
}

/** The ruling that sent a handoff to its owner, and what of the table was close; null where no policy did. */
export async function briefRuling(
  db: Db,
  definition: ProcessDefinition | undefined,
  handoff: StoredHandoff,
  lines: readonly BriefLine[],
): Promise<z.output<typeof BriefRuling> | null> {
  const isDeclared = handoff.termsName !== null || Object.hasOwn(definition?.handoffs ?? {}, handoff.name);
  const line = isDeclared ? rulingOf(handoff, lines) : undefined; // the data of a source is put right by no rule
  const policy = /^policy:(.*)@\d+$/.exec(line?.actor ?? '')?.[1];
  const declared = policy === undefined ? undefined : definition?.policies[policy];
  if (!line || policy === undefined || !declared || !definition) return null;
  const { rule, verdict, facts: all, rulings, table } = line.body as unknown as Ruled;
  const version = table?.version ?? Number(/@(\d+)$/.exec(line.actor)![1]);
  const facts = all[rulings.findIndex((one) => one.rule === rule && one.verdict === verdict)] ?? all[0] ?? {};
  const published = await findTable(db, definition.name, policy, version);
  const because = (name: string) =>
    (published?.content as Written | undefined)?.rows.find((row) => row.rule === name)?.because ?? null;
  const row = (name: string) => ({ rule: name, because: because(name) });
  const compiled = published && compiledOf(published.digest, published.content, declared);
  const { also, near } = compiled ? rowsAround(compiled, facts, rule) : { also: [], near: [] };
  return {
    ...{ policy, version, verdict, facts, ...row(rule) },
    schema: inputSchema(declared.facts),
    also: also.map(row),
    near: near.map((one) => ({ ...one, because: because(one.rule) })),
  };
}

/** The last ruling before it that its packet names; else the last on its terms that asked for care; else the last of all. */
function rulingOf({ id, termsName, packet }: StoredHandoff, lines: readonly BriefLine[]): BriefLine | undefined {
  const opened = lines.find(({ type, key }) => type === 'handoff.opened' && key === id)?.seq ?? Infinity;
  const rulings = lines.filter(({ type, seq }) => type === 'policy.ruled' && seq < opened);
  const named = (packet as { rule?: unknown } | null)?.rule;
  const on = (line: BriefLine) => line.body['on'] === termsName;
  return (
    rulings.findLast((line) => line.body['rule'] === named && (termsName === null || on(line))) ??
    rulings.findLast((line) => line.body['rule'] === named) ??
    rulings.findLast(on) ??
    (termsName === null ? rulings.at(-1) : undefined)
  );
}

const kept = new Map<string, CompiledTable | undefined>();

/** Undefined where the table does not fit what is declared now. */
function compiledOf(digest: string, content: unknown, policy: Policy): CompiledTable | undefined {
  if (!kept.has(digest)) kept.set(digest, compiled(content, policy));
  return kept.get(digest);
}

function compiled(content: unknown, policy: Policy): CompiledTable | undefined {
  try {
    return compileTable(content, policy);
  } catch {
    return undefined;
  }
}

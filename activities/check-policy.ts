import type { Activities } from '../core/run/activities.ts';
import type { Policy } from '../core/declare/definition.ts';
import type { Ruling } from '../core/run/approval.ts';
import { digest } from '../store/digest.ts';
import { type Db, transaction } from '../store/pool.ts';
import { addRuling } from '../store/rulings.ts';
import { recall } from '../store/steps.ts';
import { newestTable } from '../store/tables.ts';
import { compileTable, type CompiledTable, decide } from '../rules/decision-table.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';
import { sumsFor } from './sums.ts';

interface Published {
  version: number;
  digest: string;
  table: CompiledTable;
}

export const checkPolicy = (deps: Pick<Dependencies, 'pool' | 'definitions'>): Activities['checkPolicy'] => {
  const tables = new Map<string, Published>();

  /** The table as it was published when it was last read. */
  const published = async (process: string, name: string, policy: Policy): Promise<Published> => {
    const known = tables.get(`${process}/${name}`);
    if (known) return known;
    const newest = await newestTable(deps.pool, process, name);
    if (!newest) throw new Error(`No table is published for ${process}/${name}`);
    const { version, digest } = newest;
    const read = { version, digest, table: compileTable(newest.content, policy) };
    tables.set(`${process}/${name}`, read);
    return read;
  };

  return async ({ caseId, process, name, key, lines, terms: given }) => {
    const definition = definitionOf(deps, process);
    const policy: Policy = declared(definition.policies, name, 'policy');
    const terms = parse(declared(definition.terms, policy.on, 'terms'), given, 'terms-invalid');
    if (lines.length === 0) throw refuse('facts-invalid', `${name} was asked to rule on nothing`);
    lines.forEach((line) => agree(line, terms, policy));
    const input = { lines, terms: given };
    const carefulness = (verdict: string) => policy.verdicts.indexOf(verdict);

    const rule = async (db: Db, { table, version, digest: tableDigest }: Published) => {
      const sums = policy.sums && (await sumsFor(db, definition, policy, caseId, terms));
      const facts = sums ? lines.map((line) => ({ ...(line as object), ...sums.totals })) : lines;
      const answers = facts.map((line) => decide(table, line));
      const { rule, verdict, outputs } = answers.reduce((most, next) =>
        carefulness(next.verdict) > carefulness(most.verdict) ? next : most,
      );
      const ruling = { verdict, id: key, policy: name, rule, on: policy.on, terms, outputs: outputs ?? {} } as Ruling;
      const body = {
        verdict,
        rule,
        facts,
        rulings: answers,
        on: policy.on,
        terms,
        table: { version, digest: tableDigest },
        ...(sums && { sums: sums.shown }),
      };
      const counted = policy.countedOn?.includes(verdict) ? sums?.counted : undefined;
      const ruled = { policy: name, verdict, rule, termsName: policy.on, terms, tableDigest };
      const stored = await addRuling(
        db,
        process,
        input,
        ruling,
        { ...ruled, carefulness: carefulness(verdict), counted },
        { caseId, type: 'policy.ruled', key, actor: `policy:${name}@${version}`, body },
      );
      return { ruling, stored };
    };

    for (;;) {
      const newest = await published(process, name, policy);
      const { ruling, stored } = await (policy.sums
        ? transaction(deps.pool, (db) => rule(db, newest))
        : rule(deps.pool, newest));
      if (stored === 'stored') return ruling;
      if (stored === 'known') return (await recall<Ruling>(deps.pool, key, input)) ?? ruling;
      tables.delete(`${process}/${name}`);
    }
  };
};

/** A ruling on one amount must not approve another: what facts and terms both name is equal. Sums are nobody's to give. */
function agree(line: unknown, terms: Record<string, unknown>, { sums = {} }: Policy): void {
  for (const [field, fact] of Object.entries(line as Record<string, unknown>)) {
    if (Object.hasOwn(sums, field))
      throw refuse('facts-invalid', `${field} is read from the store, and given by nobody`);
    if (field in terms && digest(fact) !== digest(terms[field])) {
      throw refuse('facts-contradict-terms', `${field} is not the same in the facts and in the terms`);
    }
  }
}

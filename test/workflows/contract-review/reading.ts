import { compare, type Comparison } from '../../../rules/comparison/compare.ts';
import { compileTable, decide } from '../../../rules/decision-table.ts';
import type { Policy } from '../../../core/declare/definition.ts';
import { coverLabels } from '../../../workflows/contract-review/cover-page.ts';
import { definition } from '../../../workflows/contract-review/definition.ts';
import { positionFacts } from '../../../workflows/contract-review/facts.ts';
import { judge } from '../../../workflows/contract-review/findings.ts';
import type { DraftReading } from '../../../workflows/contract-review/read-draft.ts';
import { suspicionsOf } from '../../../workflows/contract-review/suspicions.ts';
import { positionOf, rewordedIn } from '../../../workflows/contract-review/terms.ts';
import type { Request, Verbs } from '../../../workflows/contract-review/types.ts';
import { library, request } from './good-world.ts';

export type Form = 'csa' | 'nda';
type Change = DraftReading['parts'][number]['answer']['changes'][number];
/** What a model answers about the differences of a draft. */
export type Model = (differences: Comparison['differences']) => Change[];

const tables = new Map(
  Object.entries<Policy>(definition.policies).map(([name, policy]) => [name, compileTable(policy.table, policy)]),
);
const ruling = (name: string, facts: object) => decide(tables.get(name)!, facts as Record<string, unknown>);
/** The process's own tables, without a worker around them. */
const check = {
  playbook: async (facts: object) => ruling('playbook', facts),
  coverPage: async (facts: object) => ruling('coverPage', facts),
} as unknown as Verbs['check'];

/** A day on which the usual effective dates are near. */
const today = '2026-06-01';

/** What code and tables make of a draft, whoever the reader is: what was found and whether somebody is asked. */
export async function decided(form: Form, text: string, model: Model) {
  const { title, text: standard } = library.forms.find(({ formId }) => formId === form)!;
  const wordings = library.wordings.filter(({ formId }) => formId === form);
  const comparison = compare(text, { title, text: standard, labels: Object.keys(coverLabels), wordings });
  const changes = model(comparison.differences).filter(({ quote }) => text.includes(quote));
  const sure = { confident: true, confidence: 1, evidence: [] };
  const reading: DraftReading = {
    form,
    comparison,
    outline: { ...sure, answer: { form, cover: [] } },
    parts: [{ ...sure, answer: { changes }, places: changes.map(({ quote }) => ({ quote, at: text.indexOf(quote) })) }],
  };
  const of = { ...request({}, { annualValue: form === 'nda' ? 0 : 1_200_000, cover: {} }) } as unknown as Request;
  const draft = { contractId: of.contractId, counterparty: of.counterparty, round: 1, draft: '' };
  const found = await judge(suspicionsOf(reading, of, null, today), form, draft, check);
  const findings = found.map(({ finding }) => finding);
  const reworded = rewordedIn(form, found);
  const position = positionOf(draft, of, findings, [], [], reworded);
  const facts = positionFacts(position, { reading: 'sure', findings, library: [], reworded });
  return { findings, verdict: ruling('proceeding', facts).verdict };
}

/** Readers that do what an attacker could want of them: say nothing, or that everything means the same. */
export const silent: Model = () => [];
export const obedient: Model = (differences) =>
  differences.flatMap(({ clause, quote }) =>
    quote === null ? [] : [{ clause, quote, reads: 'harmless-rewording' as const }],
  );

import { compare, type Comparison } from '../../../rules/comparison/compare.ts';
import { compileTable, decide } from '../../../rules/decision-table.ts';
import type { Policy } from '../../../core/declare/define.ts';
import { coverLabels } from '../../../workflows/contract-review/cover.ts';
import { definition } from '../../../workflows/contract-review/definition.ts';
import {
  coverSuspicionsOf,
  findingsOf,
  type Judged,
  otherSuspicions,
  outOfPlace,
  type Reading,
  type Suspicion,
  suspicionsOf,
} from '../../../workflows/contract-review/findings.ts';
import { counted } from '../../../workflows/contract-review/position.ts';
import type { Finding, Request } from '../../../workflows/contract-review/types.ts';
import { library, request } from './good-world.ts';

export type Form = 'csa' | 'nda';
type Change = Reading['parts'][number]['answer']['changes'][number];
/** What a model answers about the differences of a draft. */
export type Model = (differences: Comparison['differences']) => Change[];

const { playbook, coverPage, proceeding } = Object.fromEntries(
  Object.entries<Policy>(definition.policies).map(([name, policy]) => [name, compileTable(policy.table, policy)]),
);

/** A day on which the usual effective dates are near. */
const today = '2026-06-01';

/** What code and tables make of a draft, whoever the reader is: what was found and whether somebody is asked. */
export function decided(form: Form, text: string, model: Model, asked: object = {}) {
  const { title, text: standard } = library.forms.find(({ formId }) => formId === form)!;
  const wordings = library.wordings.filter(({ formId }) => formId === form);
  const comparison = compare(text, { title, text: standard, labels: Object.keys(coverLabels), wordings });
  const changes = model(comparison.differences).filter(({ quote }) => text.includes(quote));
  const sure = { confident: true, confidence: 1, evidence: [] };
  const reading: Reading = {
    form,
    comparison,
    outline: { ...sure, answer: { form, cover: [] } },
    parts: [{ ...sure, answer: { changes }, places: changes.map(({ quote }) => ({ quote, at: text.indexOf(quote) })) }],
  };
  const annualValue = form === 'nda' ? 0 : 1_200_000;
  const of = { ...request({}, { annualValue, cover: {}, ...asked }), text: undefined } as unknown as Request;
  const judged = [
    ...suspicionsOf(reading),
    ...coverSuspicionsOf(reading, of, today),
    ...otherSuspicions(reading, of, null),
  ].map(judge);
  const found = findingsOf([...judged, ...outOfPlace(form, judged).map(judge)]);
  const findings = found.map(({ finding }) => finding);
  const facts = { reading: 'sure', currency: of.currency, annualValue: of.annualValue, offLibrary: 0, offDraft: 0 };
  return { found, findings, verdict: decide(proceeding!, { ...facts, ...counted(findings) }).verdict };
}

function judge(suspicion: Suspicion): Judged {
  const { rule, verdict, outputs } = decide(suspicion.by === 'playbook' ? playbook! : coverPage!, suspicion.facts);
  const { owner, clause = 'cover', deviation = rule } = outputs as Record<string, string>;
  return {
    suspicion,
    severity: verdict as Finding['severity'],
    owner: owner as Finding['owner'],
    deviation,
    expectedIn: clause,
  };
}

/** Readers that do what an attacker could want of them: say nothing, or that everything means the same. */
export const silent: Model = () => [];
export const obedient: Model = (differences) =>
  differences.flatMap(({ clause, quote }) =>
    quote === null ? [] : [{ clause, quote, reads: 'harmless-rewording' as const }],
  );

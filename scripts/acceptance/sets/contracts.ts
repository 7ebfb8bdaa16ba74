import { createHash } from 'node:crypto';
import approvers from '../../../workflows/contract-review/tables/approvers.json' with { type: 'json' };
import coverPage from '../../../workflows/contract-review/tables/cover-page.json' with { type: 'json' };
import playbook from '../../../workflows/contract-review/tables/playbook.json' with { type: 'json' };
import proceeding from '../../../workflows/contract-review/tables/proceeding.json' with { type: 'json' };
import { kebab, nothing, type Observed, type Parameter, type SetTable } from '../set.ts';
import { clauses } from './contracts-clauses.ts';

interface Event {
  counterparty: string;
  paper: string;
  annual_value_minor: number;
  currency: string;
  cover: Record<string, string>;
  document: string;
  /** Read from the document. */
  text: string;
}

/** The licence note that ends a document of the data is no text of the contract: from its last `---` on, nothing is sent. */
const contractIn = (document: string): string => {
  const note = document.lastIndexOf('\n---');
  return note < 0 ? document : document.slice(0, note + 1);
};

interface Expected {
  findings: { deviation: string; ref: string; kind: 'present' | 'missing'; severity: string; quote: string | null }[];
  decision: keyof typeof verdicts;
  approvers: string[];
}

interface References {
  csa: string;
  nda: string;
}

interface Playbook {
  cover_page_rules: {
    governing_law: { accept: string[]; escalate_owner: string };
    general_cap_months: { accept_min: number; escalate_below: number; stop_below: number; owner: string };
    subscription_months: { escalate_above: number; owner: string };
    non_renewal_notice_days: { escalate_above: number; owner: string };
    legal_always_from_minor: number;
    auto_below_minor: number;
  };
  deviations: Record<string, { base: string; clause: string; severity: string; owner: string | null }>;
}

const verdicts = {
  straight_through: 'allow',
  approve_by_procurement: 'approve',
  send_fallback: 'fallback',
  escalate: 'escalate',
  stop: 'stop',
};

const items: Record<string, string> = {
  'Governing Law': 'governing-law',
  'General Cap Amount': 'general-cap',
  'Subscription Period': 'subscription-period',
  'Non-Renewal Notice Date': 'non-renewal-notice',
  Fees: 'fees',
};

interface Found {
  deviation: string;
  clause: string;
  severity: string;
  quote: string | null;
}

export const contracts: SetTable<Event, undefined, Expected, References> = {
  set: 'contracts',
  process: 'contract-review',
  enough: 0.8,
  policyFile: 'playbook.json',
  documentOf: ({ document }) => document,
  references: { csa: 'contracts/base/cloud-service-agreement.md', nda: 'contracts/base/mutual-nda.md' },

  // The data does not say whether a contract is the first one with somebody.
  request: ({ counterparty, annual_value_minor, currency, cover, text }, contractId) => ({
    ...{
      contractId,
      counterparty,
      annualValue: annual_value_minor,
      currency,
      kind: 'new',
      paper: 'counterparty',
      text: contractIn(text),
    },
    cover: Object.fromEntries(
      Object.entries(cover).flatMap(([name, said]) => (items[name] ? [[items[name], said]] : [])),
    ),
  }),

  records: (_records, { csa, nda }) => ({
    clauseLibrary: {
      forms: [
        { formId: 'csa', title: 'Cloud Service Agreement', text: csa },
        { formId: 'nda', title: 'Mutual Non-Disclosure Agreement', text: nda },
      ],
    },
  }),

  expects: ({ findings, decision, approvers }, { text }, _records, references) => {
    // The library of a run holds no wordings, so that somebody reads what is only said in other words.
    const asked = isReworded(text, references, findings) ? [...new Set([...approvers, 'legal'])] : approvers;
    return {
      ...nothing,
      rest: asked.length === 0 ? 'closed' : `waiting for ${asked.toSorted().join(', ')}`,
      asked: asked.length > 1 ? [asked] : asked,
      values: {
        decision: verdicts[decision],
        findings: inOrder(
          findings.map(({ deviation, severity, kind }) => ({
            ...{ deviation: kebab(deviation), severity },
            quotes: kind === 'present' ? 'the words expected' : 'nothing',
          })),
        ),
        cleared: asked.length === 0 ? [`sha256:${createHash('sha256').update(contractIn(text)).digest('hex')}`] : [],
      },
    };
  },

  called: ({ name, owner }) => owner ?? name,
  asksSeveral: true,
  askedBefore: ['negotiations.sendRedlines', 'signatures.clear'],
  // A review is a note; which draft was cleared is compared among the values.
  uncounted: ['contracts.storeReview', 'signatures.clear'],

  values: (observed, { event, expected }) => {
    const findings = findingsOf(observed);
    const counted = findings.filter(({ clause }) => !isHarmless(clause, expected.findings));
    const decision = observed.rulings.findLast(({ policy }) => policy === 'proceeding')?.verdict;
    const forOtherWords =
      counted.length === 0 && findings.length > 0 && ['approve', 'escalate'].includes(decision ?? '');
    return {
      decision: forOtherWords ? verdicts[expected.decision] : decision,
      findings: inOrder(
        counted.map(({ deviation, severity, quote }) => {
          const theirs = expected.findings.find((one) => kebab(one.deviation) === deviation)?.quote ?? null;
          return { deviation, severity, quotes: quoted(event.text, quote, theirs) };
        }),
      ),
      cleared: observed.writes
        .filter(({ operation }) => operation === 'signatures.clear')
        .map(({ body }) => body['draft']),
    };
  },

  parameters: ({ cover_page_rules: rules, deviations }: Playbook) => {
    const { governing_law, general_cap_months, subscription_months, non_renewal_notice_days } = rules;
    return [
      {
        name: 'deviations',
        theirs: Object.entries(deviations).map(([name, { base, clause, severity, owner }]) => [
          ...[kebab(name), base, clause, severity],
          severity === 'none' ? null : owner,
        ]),
        ours: playbook.rows
          .filter(({ outputs }) => outputs.form !== 'any')
          .map(({ rule, verdict, outputs: { form, clause, owner } }) => [
            ...[rule, form, clause, verdict],
            verdict === 'none' ? null : owner,
          ]),
      },
      ...cover('governing-law-accepted', 'law', `in [${governing_law.accept.map((law) => `'${law}'`).join(', ')}]`),
      ...cover('governing-law', undefined, undefined, governing_law.escalate_owner),
      ...cover('low-cap', 'amount', `< ${general_cap_months.escalate_below}`, general_cap_months.owner),
      ...cover('low-cap', 'amount', `< ${general_cap_months.accept_min}`),
      ...cover('very-low-cap', 'amount', `< ${general_cap_months.stop_below}`, general_cap_months.owner),
      ...cover('long-term', 'amount', `> ${subscription_months.escalate_above}`, subscription_months.owner),
      ...cover('long-notice', 'amount', `> ${non_renewal_notice_days.escalate_above}`, non_renewal_notice_days.owner),
      {
        name: 'legal_always_from_minor',
        theirs: `>= ${rules.legal_always_from_minor}`,
        ours: cell(proceeding, 'large-value', 'annualValue'),
      },
      {
        name: 'legal_always_from_minor, asked',
        theirs: `>= ${rules.legal_always_from_minor}`,
        ours: cell(approvers, 'legal-from-its-value', 'annualValue'),
      },
      {
        name: 'auto_below_minor',
        theirs: `< ${rules.auto_below_minor}`,
        ours: cell(proceeding, 'standard-terms', 'annualValue'),
      },
      {
        name: 'auto_below_minor, asked',
        theirs: `>= ${rules.auto_below_minor}`,
        ours: cell(approvers, 'procurement-for-standard-terms', 'annualValue'),
      },
    ];
  },

  more: [clauses],
};

/** The clauses in which the data has other words that its label calls harmless: reported or not, the row is as expected. */
const harmless = playbook.rows.filter(({ rule }) => rule.startsWith('harmless')).map(({ outputs }) => outputs.clause);

const isHarmless = (clause: string, findings: Expected['findings']): boolean =>
  harmless.includes(clause) && !findings.some(({ ref }) => ref === clause);

/** Whether such a clause is not word for word in the document. */
const isReworded = (document: string, { csa }: References, findings: Expected['findings']): boolean =>
  document.startsWith('# Cloud Service Agreement') &&
  harmless.filter((clause) => isHarmless(clause, findings)).some((clause) => !document.includes(clauseOf(csa, clause)));

const clauseOf = (form: string, clause: string): string => {
  const [section, number] = clause.split('.');
  const from = form.slice(form.indexOf(`\n${section}. `) + 1).split('\n');
  return from.find((line) => line.startsWith(`    ${number}. `)) ?? clause;
};

/** What the last ruling was about, as it was filed. */
const findingsOf = ({ rulings }: Observed): Found[] =>
  rulings.findLast(({ policy }) => policy === 'filing')?.terms.findings ?? [];

/** How a quote of ours relates to theirs, in the document. */
function quoted(document: string, ours: string | null, theirs: string | null): string {
  if (ours === null) return 'nothing';
  if (!document.includes(ours)) return `what is not in the document: ${ours}`;
  if (theirs === null) return ours;
  const [from, to] = [document.indexOf(ours), document.indexOf(theirs)];
  return from < to + theirs.length && to < from + ours.length ? 'the words expected' : ours;
}

const inOrder = <F extends object>(findings: F[]): F[] =>
  findings.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

interface Table {
  rows: { rule: string; when?: Record<string, string | undefined> }[];
}

const cell = (table: Table, rule: string, fact: string): string | undefined =>
  table.rows.find((row) => row.rule === rule)?.when?.[fact];

/** A row of the cover page's table: a cell of it, and whose it is. */
function cover(rule: string, fact?: string, theirs?: string, owner?: string): Parameter[] {
  const row = coverPage.rows.find((one) => one.rule === rule);
  return [
    ...(fact ? [{ name: `cover page, ${rule}`, theirs, ours: cell(coverPage, rule, fact) }] : []),
    ...(owner ? [{ name: `cover page, ${rule}, owner`, theirs: owner, ours: row?.outputs.owner }] : []),
  ];
}

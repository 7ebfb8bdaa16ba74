import type { Measure } from './measure.ts';

const level = 'data-leader';
const ended = { from: 'handoffs', at: 'ended_at' } as const;
const repair = `kind = 'handoff' and name = 'repair'`;
/** Answered by somebody, of terms. */
const decided = `kind in ('handoff', 'approval') and name <> 'repair' and person is not null and outcome in ('approved', 'rejected', 'returned')`;
const overridden = `outcome <> 'approved' or cardinality(edits) > 0`;

export const dataLeader: readonly Measure[] = [
  {
    ...{ name: 'contract-breaches', level, unit: 'handoffs' },
    definition: "Repairs asked of a source's owner that ended in the period, by source, owner and what was wrong.",
    how: { ...ended, where: repair, value: 'count', per: { source: 'rule', owner: 'owner', breach: 'error' } },
  },
  {
    ...{ name: 'time-to-mend', level, unit: 'ms' },
    definition: 'Of these, the median time until the source was right again, by source.',
    how: {
      ...ended,
      where: `${repair} and outcome = 'approved'`,
      value: { quantile: 0.5, of: 'ms' },
      per: { source: 'rule' },
    },
  },
  {
    ...{ name: 'missing', level, unit: 'share' },
    definition: 'Share of the readings in the period to which the source answered that it holds nothing, by source.',
    how: { from: 'steps', kinds: ['read'], of: { outcome: 'missing' }, value: 'share', per: ['step', 'system'] },
  },
  {
    ...{ name: 'stale', level, unit: 'handoffs' },
    definition: 'Repairs that ended in the period and were asked because the source was too old, by source.',
    how: { ...ended, where: `${repair} and error = 'stale'`, value: 'count', per: { source: 'rule' } },
  },
  {
    ...{ name: 'edit-rate', level, unit: 'share' },
    definition:
      'Share of the approvals in the period in which the person changed the terms, by handoff; each of several who approve counts.',
    how: {
      ...ended,
      where: `${decided} and outcome = 'approved'`,
      value: { share: 'cardinality(edits) > 0' },
      per: { handoff: 'name' },
    },
  },
  {
    ...{ name: 'edit-size', level, unit: 'edits' },
    definition:
      'Of these with a change, the mean number of operations of the JSON Patch from the terms proposed to those approved.',
    how: {
      ...ended,
      where: `cardinality(edits) > 0 and ${decided}`,
      value: { mean: 'cardinality(edits)' },
      per: { handoff: 'name' },
    },
  },
  {
    ...{ name: 'edited-fields', level, unit: 'edits' },
    definition: 'Operations of these patches, and of those by which a rework changed the terms, by handoff and field.',
    how: { from: 'edits', at: 'ended_at', value: 'count', per: { handoff: 'name', field: 'path' } },
  },
  {
    ...{ name: 'override-by-rule', level, unit: 'share' },
    definition:
      'Share of the decisions in the period by which a person rejected, returned or changed what a rule had put to them, by policy and rule.',
    how: { ...ended, where: `${decided} and rule is not null`, value: { share: overridden }, per: { rule: 'rule' } },
  },
  {
    ...{ name: 'override-by-inference', level, unit: 'share' },
    definition:
      "Share of the model's answers that somebody judged, by the next decision after them or by a sampled review, and rejected, changed or found wrong, by inference and whether the answer was sure.",
    how: {
      from: 'judged',
      at: 'ended_at',
      value: { share: 'not agreed' },
      per: { inference: 'name', answer: 'outcome' },
    },
  },
  {
    ...{ name: 'drift', level, unit: 'score' },
    definition:
      'How far each fact and answer of the cases opened in the period lies from the baseline: PSI of numbers (watch from 0.1, drifted from 0.25), Jensen-Shannon divergence in bits of categories (0.02, 0.05); too few below 200 values in either. Of one process.',
    how: { from: 'drift', value: 'score' },
  },
  {
    ...{ name: 'reliability', level, unit: 'share' },
    definition:
      "Share of the judged answers with which the person agreed (sampled reviews are among them), by inference and tenth of the confidence, with Wilson's 95 % interval. Of one process.",
    how: { from: 'calibration', value: 'curve' },
  },
  {
    ...{ name: 'calibration-error', level, unit: 'share' },
    definition:
      'Expected calibration error: how far confidence and agreement are apart, weighted over the tenths, by inference. Of one process.',
    how: { from: 'calibration', value: 'error' },
  },
  {
    ...{ name: 'proposed-threshold', level, unit: 'share' },
    definition:
      "The lowest confidence from which on at least 90 % of the judged answers were agreed with, at the lower end of Wilson's interval, by inference; none where none is. Of one process.",
    how: { from: 'calibration', value: 'proposed' },
  },
  {
    ...{ name: 'review-errors', level, unit: 'share' },
    definition:
      'Share of the straight-through cases that a reviewer found wrong, of all that were drawn and reviewed so far, by process and outcome.',
    how: {
      from: 'now',
      sql: `select h.case_id, h.process, c.outcome, d.found, (d.found = 'wrong')::int as value
        from handoffs h join completions d on d.handoff_id = h.id join cases c on c.case_id = h.case_id
        where h.kind = 'task' and h.name = 'sampled-review'`,
      value: { share: `found = 'wrong'` },
      per: { process: 'process', outcome: 'outcome' },
    },
  },
];

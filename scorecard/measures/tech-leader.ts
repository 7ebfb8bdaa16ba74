import type { Measure } from './measure.ts';

const level = 'tech-leader';
const calls = ['read', 'inference', 'action'] as const;
const compensation = ['compensation'] as const;

const latencies = (
  name: string,
  label: 'step' | 'system',
  kinds: typeof calls | readonly ['inference'],
  of: string,
): Measure[] =>
  [50, 95, 99].map((p) => ({
    ...{ name: `${name}-p${p}`, level, unit: 'ms' },
    definition: `The ${p}th percentile of how long ${of} took that ended in the period, at most 2 % off.`,
    how: { from: 'steps', kinds, value: { quantile: p / 100 }, per: label === 'step' ? ['kind', 'step'] : ['system'] },
  }));

export const techLeader: readonly Measure[] = [
  ...latencies('step-latency', 'step', calls, 'each reading, inference and write'),
  ...latencies('system-latency', 'system', calls, 'calls of each system and model'),
  {
    ...{ name: 'errors', level, unit: 'steps' },
    definition:
      'Inferences and writes that ended in the period and of which the record says how they failed, by step and kind of error; what only had to be tried again is in retries.',
    how: { from: 'steps', kinds: calls, of: { failed: true }, value: 'count', per: ['kind', 'step', 'error'] },
  },
  {
    ...{ name: 'retries', level, unit: 'steps' },
    definition: 'Tries beyond the first of steps that ended in the period, by step.',
    how: { from: 'steps', kinds: calls, value: 'retries', per: ['kind', 'step'] },
  },
  {
    ...{ name: 'time-lost', level, unit: 'ms' },
    definition: 'What those tries took in all, by step.',
    how: { from: 'steps', kinds: calls, value: 'lost', per: ['kind', 'step'] },
  },
  {
    ...{ name: 'recovery-time', level, unit: 'ms' },
    definition: 'Mean time lost of a step that was tried again, by step.',
    how: { from: 'steps', kinds: calls, value: 'recovery', per: ['kind', 'step'] },
  },
  {
    ...{ name: 'fell-back', level, unit: 'share' },
    definition:
      'Share of the inferences that ended in the period for which the declared fallback stands, by inference.',
    how: { from: 'steps', kinds: ['inference'], of: { outcome: 'fell-back' }, value: 'share', per: ['step'] },
  },
  {
    ...{ name: 'compensations', level, unit: 'cases' },
    definition: 'Cases closed in the period whose writes were taken back.',
    how: { from: 'steps', kinds: compensation, value: 'count', per: [] },
  },
  ...(['complete', 'partial', 'nothing'] as const).map((outcome): Measure => ({
    ...{ name: `compensations-${outcome}`, level, unit: 'cases' },
    definition:
      outcome === 'nothing'
        ? 'Of these, those of which no outcome is on record: there was nothing to take back.'
        : `Of these, those that were ${outcome} when the case closed.`,
    how: { from: 'steps', kinds: compensation, of: { outcome }, value: 'count', per: [] },
  })),
  {
    ...{ name: 'compensation-time-p95', level, unit: 'ms' },
    definition: 'The 95th percentile of the time from the first to the end of the compensation.',
    how: { from: 'steps', kinds: compensation, value: { quantile: 0.95 }, per: [] },
  },
  {
    ...{ name: 'reversed', level, unit: 'cases' },
    definition: 'Cases closed in the period of which a write was taken back afterwards.',
    how: { from: 'cases', at: 'closed_at', where: 'reversed', value: 'count' },
  },
  {
    ...{ name: 'stuck', level, unit: 'cases' },
    definition: 'Open cases that a bug stops now, by the step that fails.',
    how: {
      from: 'now',
      sql: `select case_id, process, coalesce(step, 'its workflow') as step, 1 as value from stuck_cases join cases using (case_id)`,
      value: 'count',
      per: { step: 'step' },
    },
  },
  {
    ...{ name: 'differences', level, unit: 'cases' },
    definition: 'Differences that reconciliation found so far and that belong to a case, by what was found.',
    how: {
      from: 'now',
      sql: `select case_id, process, because, 1 as value from differences join cases using (case_id)`,
      value: 'count',
      per: { because: 'because' },
    },
  },
];

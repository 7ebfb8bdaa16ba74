import type { Level } from '../api/scorecard.ts';

/** What stands where in a level. Whatever is measured and named nowhere here is shown among the further measures. */
export type Block =
  | { kind: 'tiles'; measures: readonly string[] }
  /** Measures without labels and of one unit, a line or a bar for each. */
  | { kind: 'over time'; as: 'bars' | 'lines'; measures: readonly [string, ...string[]] }
  /** Measures of the same labels, a column for each. */
  | { kind: 'table'; measures: readonly [string, ...string[]] }
  | { kind: 'reliability' };

export const layout: Readonly<Record<Level, readonly Block[]>> = {
  'process-owner': [
    {
      kind: 'tiles',
      measures: ['closed', 'open', 'straight-through', 'cycle-time-p50', 'cycle-time-p95', 'rework'],
    },
    { kind: 'over time', as: 'bars', measures: ['started', 'closed'] },
    { kind: 'over time', as: 'lines', measures: ['cycle-time-p50', 'cycle-time-p95'] },
    { kind: 'table', measures: ['outcomes'] },
    { kind: 'table', measures: ['exceptions'] },
    { kind: 'table', measures: ['waiting-now'] },
    { kind: 'table', measures: ['due-in-24-hours', 'due-in-a-week'] },
    { kind: 'table', measures: ['sla-kept', 'at-risk', 'escalated', 'expired'] },
    { kind: 'table', measures: ['stage-time-p50', 'stage-time-p95'] },
  ],
  'data-leader': [
    { kind: 'table', measures: ['contract-breaches'] },
    { kind: 'table', measures: ['time-to-mend', 'stale'] },
    { kind: 'table', measures: ['edit-rate', 'edit-size'] },
    { kind: 'table', measures: ['override-by-rule'] },
    { kind: 'table', measures: ['override-by-inference'] },
    { kind: 'reliability' },
    { kind: 'table', measures: ['calibration-error', 'proposed-threshold'] },
    { kind: 'table', measures: ['drift'] },
    { kind: 'table', measures: ['review-errors'] },
  ],
  'tech-leader': [
    {
      kind: 'tiles',
      measures: ['deploys', 'compensations', 'compensations-complete', 'compensations-partial', 'reversed'],
    },
    { kind: 'table', measures: ['system-latency-p50', 'system-latency-p95', 'system-latency-p99'] },
    { kind: 'table', measures: ['step-latency-p50', 'step-latency-p95', 'step-latency-p99'] },
    { kind: 'table', measures: ['schedule-to-start-p50', 'schedule-to-start-p95', 'schedule-to-start-p99'] },
    { kind: 'table', measures: ['queue-lag-p50', 'queue-lag-p95', 'queue-lag-p99'] },
    { kind: 'table', measures: ['replay-failures'] },
    { kind: 'table', measures: ['errors'] },
    { kind: 'table', measures: ['retries', 'time-lost', 'recovery-time'] },
    { kind: 'table', measures: ['stuck'] },
    { kind: 'table', measures: ['differences'] },
  ],
  business: [
    { kind: 'tiles', measures: ['cost-per-case', 'model-cost', 'people-cost', 'fee-cost', 'people-time'] },
    { kind: 'over time', as: 'lines', measures: ['cost-per-case'] },
    { kind: 'table', measures: ['impact'] },
    { kind: 'table', measures: ['cost-by-result'] },
    { kind: 'table', measures: ['impact-by-result'] },
  ],
};

export const levels: readonly Level[] = ['process-owner', 'data-leader', 'tech-leader', 'business'];

/** The measures that a block names. */
export const namedIn = (block: Block): readonly string[] =>
  block.kind === 'reliability' ? ['reliability'] : block.measures;

import { Gauge, Registry } from '@prometheus-io/client';
import type { Counts } from '../store/metrics.ts';

/** What there is now in the store, as Prometheus reads it: the same from every API process. */
export function gaugesOf(counts: Counts): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: readonly string[], values: readonly Counted[]) => {
    const made = new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
    for (const { count, ...labels } of values) made.set(labels as Record<string, string>, count);
  };
  const one = (name: string, help: string, value: number) => gauge(name, help, [], [{ count: value }]);

  gauge('baton_cases', 'Cases by process and outcome', ['process', 'outcome'], counts.cases);
  gauge('baton_handoffs_open', 'Decisions waiting for a person, by queue', ['owner'], counts.handoffs);
  const oldest = 'For how long the oldest open decision or task has waited, by queue';
  gauge('baton_handoffs_oldest_open_seconds', oldest, ['owner', 'kind'], counts.oldestHandoffs);
  const waiting = 'Open cases whose model did not answer';
  gauge('baton_cases_waiting_for_model', waiting, ['process'], counts.waitingForModel);
  const tasks = 'Tasks, which no workflow can finish, by owner and kind';
  gauge('baton_tasks_open', tasks, ['owner', 'kind'], counts.tasks);
  one('baton_requests_undelivered', 'Accepted, not started', counts.undeliveredRequests);
  one('baton_signals_undelivered', 'Stored, their cases not notified', counts.undeliveredSignals);
  const undelivered = 'Kept for subscribers, not taken';
  gauge('baton_events_undelivered', undelivered, ['subscription', 'state'], counts.undeliveredEvents);
  const lag = 'For how long the oldest of what the relay or the outbox has to bring on has waited';
  gauge('baton_relay_lag_seconds', lag, ['kind'], counts.lag);
  one('baton_cases_stuck', 'Open, and stopped by a bug of ours', counts.stuckCases);
  one('baton_cases_unknown', 'Open here, unknown to Temporal', counts.unknownCases);
  gauge('baton_stopped', 'Switches that stop something', ['scope', 'name'], counts.stopped);
  const autonomy = 'Processes whose level of autonomy was set, and to what';
  gauge('baton_autonomy', autonomy, ['process', 'level'], counts.autonomy);
  one('baton_reconciliation_differences', 'Found so far, each once', counts.differences);
  one('baton_reconciliation_strays', 'Effects and workflows without a case here', counts.strays);
  // None ended yet: no time at all, rather than 1970.
  if (counts.reconciledAt > 0)
    one('baton_reconciliation_completed_timestamp_seconds', 'Its last end', counts.reconciledAt);
  return registry;
}

type Counted = Readonly<Record<string, string | number>> & { count: number };

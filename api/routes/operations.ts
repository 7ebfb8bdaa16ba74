import { z } from 'zod';
import { count } from '../../store/metrics.ts';
import { whyNotWritable } from '../../store/writable.ts';
import { Problem } from '../problems.ts';
import { route } from '../route.ts';

export const healthz = route({
  method: 'get',
  path: '/healthz',
  summary: 'Alive',
  who: 'open',
  answers: { 200: { description: 'It answers', schema: z.object({ status: z.literal('ok') }) } },
  problems: [],
  answer: async () => ({ status: 200, body: { status: 'ok' } }),
});

export const readyz = route({
  method: 'get',
  path: '/readyz',
  summary: 'Able to serve: the database can be written to and Temporal can be reached',
  who: 'open',
  answers: { 200: { description: 'It is', schema: z.object({ status: z.literal('ready') }) } },
  problems: [],
  async answer(_call, { pool, temporal }) {
    const [database, server] = await Promise.all([whyNotWritable(pool), temporal.reachable(2_000)]);
    const errors = [
      ...(database ? [{ field: 'database', message: database }] : []),
      ...(server ? [] : [{ field: 'temporal', message: 'cannot be reached' }]),
    ];
    if (errors.length > 0) throw new Problem('unavailable', '', { errors });
    return { status: 200, body: { status: 'ready' } };
  },
});

export const metrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'What there is now, for Prometheus',
  who: ['system', 'auditor', 'admin'],
  answers: { 200: { description: 'Gauges', type: 'text/plain', schema: z.string() } },
  problems: [],
  async answer(_call, { pool }) {
    const counts = await count(pool);
    const { cases, handoffs, waitingForModel, tasks, undeliveredRequests, undeliveredSignals, unknownCases } = counts;
    const { undeliveredEvents, stopped, autonomy, stuckCases, differences, strays, reconciledAt } = counts;
    const ended = reconciledAt > 0 ? [{ count: reconciledAt }] : [];
    const lines = [
      ...gauge('baton_cases', 'Cases by process and outcome', cases),
      ...gauge('baton_handoffs_open', 'Decisions waiting for a person, by queue', handoffs),
      ...gauge('baton_cases_waiting_for_model', 'Open cases whose model did not answer', waitingForModel),
      ...gauge('baton_tasks_open', 'Tasks, which no workflow can finish, by owner and kind', tasks),
      ...gauge('baton_requests_undelivered', 'Accepted, not started', [{ count: undeliveredRequests }]),
      ...gauge('baton_signals_undelivered', 'Stored, their cases not notified', [{ count: undeliveredSignals }]),
      ...gauge('baton_events_undelivered', 'Kept for subscribers, not taken', undeliveredEvents),
      ...gauge('baton_cases_stuck', 'Open, and stopped by a bug of ours', [{ count: stuckCases }]),
      ...gauge('baton_cases_unknown', 'Open here, unknown to Temporal', [{ count: unknownCases }]),
      ...gauge('baton_stopped', 'Switches that stop something', stopped),
      ...gauge('baton_autonomy', 'Processes whose level of autonomy was set, and to what', autonomy),
      ...gauge('baton_reconciliation_differences', 'Found so far, each once', [{ count: differences }]),
      ...gauge('baton_reconciliation_strays', 'Effects and workflows without a case here', [{ count: strays }]),
      ...gauge('baton_reconciliation_completed_timestamp_seconds', 'Its last end', ended),
    ];
    const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
    return { status: 200, headers, body: `${lines.join('\n')}\n` };
  },
});

function gauge(name: string, help: string, values: (Record<string, string | number> & { count: number })[]): string[] {
  const lines = values.map(({ count, ...labels }) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(String(value))}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${count}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

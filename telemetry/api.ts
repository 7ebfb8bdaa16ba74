import { collectDefaultMetrics, Counter, Histogram, Registry } from '@prometheus-io/client';

/** What an API process counts. Labels are routes, words and queues that are declared: never an id, a person, or what somebody sent. */
export const apiMetrics = new Registry();
collectDefaultMetrics({ register: apiMetrics });

const registers = [apiMetrics];

export const requests = new Counter({
  name: 'baton_api_requests_total',
  help: 'Requests by method, route and class of the status; `ended early` where the caller went',
  labelNames: ['method', 'route', 'status'],
  registers,
});

export const requestSeconds = new Histogram({
  name: 'baton_api_request_duration_seconds',
  help: 'From the request’s head to the end of its answer',
  labelNames: ['method', 'route'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

/** What the relay and the outbox bring on. */
const relayed = ['request', 'signal', 'cancel'] as const;

export const relayDeliveries = new Counter({
  name: 'baton_relay_deliveries_total',
  help: 'What the relay delivered to Temporal, or tried to, by kind',
  labelNames: ['kind', 'result'],
  registers,
});
for (const kind of relayed) for (const result of ['delivered', 'failed']) relayDeliveries.inc({ kind, result }, 0);

export const outboxRounds = new Counter({
  name: 'baton_outbox_rounds_total',
  help: 'Rounds of handing out what happened in cases',
  labelNames: ['result'],
  registers,
});
for (const result of ['done', 'failed']) outboxRounds.inc({ result }, 0);

export const handoffEvents = new Counter({
  name: 'baton_handoff_events_total',
  help: 'Handoffs opened, approved, rejected, returned, completed, withdrawn, at risk, escalated, expired; by the queue asked first',
  labelNames: ['process', 'queue', 'kind', 'event'],
  registers,
});

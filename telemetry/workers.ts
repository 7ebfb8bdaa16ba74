import { collectDefaultMetrics, Counter, Histogram, Registry } from '@prometheus-io/client';

/** What a worker process counts. Labels are declared names and words: never an id, a person, or what somebody sent. */
export const workerMetrics = new Registry();
collectDefaultMetrics({ register: workerMetrics });

const registers = [workerMetrics];
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 120];

export const stepSeconds = new Histogram({
  name: 'baton_step_duration_seconds',
  help: 'One try of a step, by verb, process and outcome: done, refused for good, to be tried later, cancelled, or a bug',
  labelNames: ['verb', 'process', 'outcome'],
  ...{ buckets, registers },
});

export const modelSeconds = new Histogram({
  name: 'baton_model_request_duration_seconds',
  help: 'One question to a model, by the model’s name as configured and whether the answer was usable',
  labelNames: ['model', 'outcome'],
  ...{ buckets, registers },
});

export const modelTokens = new Counter({
  name: 'baton_model_tokens_total',
  help: 'Tokens as the provider counted them, of usable and unusable answers',
  labelNames: ['model', 'type'],
  registers,
});

export const systemSeconds = new Histogram({
  name: 'baton_system_call_duration_seconds',
  help: 'One call on a system of record, by operation, kind of call and kind of answer',
  labelNames: ['system', 'operation', 'call', 'answer'],
  ...{ buckets, registers },
});

export const systemRetries = new Counter({
  name: 'baton_system_retries_total',
  help: 'Calls on a system within a step that had been tried before',
  labelNames: ['system', 'operation'],
  registers,
});

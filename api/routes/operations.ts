import { Registry } from '@prometheus-io/client';
import { z } from 'zod';
import { count } from '../../store/metrics.ts';
import { whyNotWritable } from '../../store/writable.ts';
import { apiMetrics } from '../../telemetry/api.ts';
import { gaugesOf } from '../gauges.ts';
import { type FieldError, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { forMachines } from '../sentences.ts';

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
    const errors: FieldError[] = [
      ...(database ? [{ field: 'database', message: forMachines(database) }] : []),
      ...(server ? [] : [{ field: 'temporal', message: 'cannot be reached' as const }]),
    ];
    if (errors.length > 0) throw new Problem('unavailable', '', { errors });
    return { status: 200, body: { status: 'ready' } };
  },
});

export const metrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'What there is now, and what this process counted, for Prometheus',
  who: ['system', 'auditor', 'admin'],
  answers: { 200: { description: 'Gauges, counters and histograms', type: 'text/plain', schema: z.string() } },
  problems: [],
  async answer(_call, { pool }) {
    const page = Registry.merge([gaugesOf(await count(pool)), apiMetrics]);
    return { status: 200, headers: { 'content-type': page.contentType }, body: await page.metrics() };
  },
});

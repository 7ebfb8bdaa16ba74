import type { RequestHandler } from 'express';
import { requests, requestSeconds } from '../telemetry/api.ts';
import { tracing } from '../telemetry/tracing.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Pages and probes, which ask often and lead to nothing; and what is followed for hours. */
const untraced = /^\/(docs|healthz|readyz|metrics|changes)(\/|$)/;

/** Measures every request by its route's template, and traces it; a path itself holds ids, and is named nowhere. */
export const observe: RequestHandler = (req, res, next) => {
  const began = performance.now();
  const method = methods.includes(req.method) ? req.method : 'other';
  const route = () => (req.route as { path?: string } | undefined)?.path ?? 'none';
  const over = new Promise<void>((resolve) => res.once('close', resolve));
  void over.then(() => {
    const status = res.headersSent ? `${Math.floor(res.statusCode / 100)}xx` : 'ended early';
    requests.inc({ method, route: route(), status });
    if (String(res.getHeader('content-type')).startsWith('text/event-stream')) return; // how long somebody follows is no latency
    requestSeconds.observe({ method, route: route() }, (performance.now() - began) / 1_000);
  });
  if (untraced.test(req.path)) return next();
  const { traceparent } = req.headersDistinct;
  const attributes = { 'http.request.method': method };
  void tracing.enter({ name: method, attributes, traceparent: traceparent?.[0] }, async (span) => {
    next();
    await over;
    span.rename(`${method} ${route()}`);
    span.say({ 'http.route': route(), 'http.response.status_code': res.statusCode });
  });
};

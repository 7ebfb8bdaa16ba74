import { createHash } from 'node:crypto';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** All that a span may say. Whatever else a library puts on one (memos, ids, the words of errors) does not leave this process. */
const kept = new Set([
  ...['http.request.method', 'http.route', 'http.response.status_code', 'error.type'],
  ...['db.system.name', 'db.query.summary'],
  ...['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model', 'gen_ai.response.model'],
  ...['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens', 'gen_ai.output.type'],
  ...['baton.operation', 'baton.call', 'baton.answer', 'baton.process'],
  ...['run_id', 'runId', 'workflowType', 'taskQueue', 'temporalActivityId'],
]);

/** A case's id holds its business key, which may be somebody's: it goes out as a hash, by which the case is found all the same. */
const caseIds = ['temporalWorkflowId', 'workflowId'];

/** The attribute `baton.case` of a case: the first 32 hexadecimal digits of its id's SHA-256. */
export const hashOfCase = (caseId: string): string => createHash('sha256').update(caseId).digest('hex').slice(0, 32);

/** Exports spans without payloads and personal data. */
export const withoutContent = (to: SpanExporter): SpanExporter => ({
  export: (spans, done) => to.export(spans.map(bare), done),
  shutdown: () => to.shutdown(),
  ...(to.forceFlush ? { forceFlush: () => to.forceFlush!() } : {}),
});

function bare(span: ReadableSpan): ReadableSpan {
  const entries = Object.entries(span.attributes);
  const caseId = caseIds.map((name) => span.attributes[name]).find((value) => typeof value === 'string');
  const attributes = {
    ...Object.fromEntries(entries.filter(([name]) => kept.has(name))),
    ...(caseId === undefined ? {} : { 'baton.case': hashOfCase(caseId) }),
  };
  const { name, kind, startTime, endTime, duration, ended, resource, instrumentationScope, parentSpanContext } = span;
  const { droppedAttributesCount, droppedEventsCount, droppedLinksCount, status, links } = span;
  return {
    ...{ name, kind, startTime, endTime, duration, ended, resource, instrumentationScope },
    ...{ droppedAttributesCount, droppedEventsCount, droppedLinksCount, attributes },
    ...(parentSpanContext ? { parentSpanContext } : {}),
    spanContext: () => span.spanContext(),
    status: { code: status.code },
    links: links.map((link) => ({ context: link.context })),
    events: [],
  };
}

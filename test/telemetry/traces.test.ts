import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { hashOfCase } from '../../telemetry/without-content.ts';
import { type Link, openLink } from '../faults/proxy.ts';
import { bundle, codec, temporal } from '../harness.ts';
import { goodRequest, largeRequest, records } from '../workflows/refund-request.ts';
import { until } from '../world.ts';
import { type Collected, collector } from './collector.ts';
import { type Deployed, deployed } from './deployed.ts';
import { recorder } from './recorder.ts';

type Collector = Awaited<ReturnType<typeof collector>>;
type Recorder = Awaited<ReturnType<typeof recorder>>;

describe('traces, where an endpoint is set', function () {
  this.timeout(180_000);
  let to: Collector;
  let here: Deployed;
  let systems: Recorder;
  let model: Recorder;
  let link: Link;
  before(async () => {
    to = await collector();
    here = await deployed(async ({ temporalAddress, systemsUrl, modelUrl }) => {
      [systems, model] = [await recorder(systemsUrl), await recorder(modelUrl)];
      link = await openLink(Number(temporalAddress.split(':')[1]));
      return {
        both: { OTEL_EXPORTER_OTLP_ENDPOINT: to.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
        api: { OTEL_SERVICE_NAME: 'baton-api', TEMPORAL_ADDRESS: `127.0.0.1:${link.port}` },
        workers: { OTEL_SERVICE_NAME: 'baton-workers', SYSTEMS_URL: systems.url, OPENAI_BASE_URL: model.url },
      };
    });
  });
  beforeEach(() => here.seed(records));
  after(async () => {
    await here.close();
    for (const part of [systems, model, link, to]) await part.close();
  });

  const newTrace = () => {
    const traceId = randomBytes(16).toString('hex');
    return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
  };
  const spansOf = (traceId: string) => to.spans.filter((span) => span.traceId === traceId);
  const ended = (traceId: string) =>
    until(async () => {
      const spans = spansOf(traceId);
      const names = spans.map(({ name }) => name);
      return names.some((name) => name.startsWith('RunWorkflow:')) && names.includes('POST /processes/:process/cases')
        ? spans
        : undefined;
    }, 'the trace is whole');
  const named = (spans: Collected[], name: string) => spans.find((span) => span.name === name)!;

  it('hold a case from the event to its writes in one, which began with whoever sent it', async () => {
    const { traceId, traceparent } = newTrace();
    const caseId = await here.ask(goodRequest(), { traceparent });
    await here.closed(caseId);
    const spans = await ended(traceId);

    const parentOf = (span: Collected) => spans.find(({ spanId }) => spanId === span.parentSpanId);
    const wayTo = (name: string): string[] => {
      const way: string[] = [];
      for (let span: Collected | undefined = named(spans, name); span; span = parentOf(span)) way.unshift(span.name);
      return way;
    };
    assert.deepEqual(wayTo('write payments.refund'), [
      ...['POST /processes/:process/cases', 'deliver request', 'StartWorkflow:refund', 'RunWorkflow:refund'],
      ...['StartActivity:performAction payCustomer', 'RunActivity:performAction payCustomer', 'write payments.refund'],
    ]);
    assert.ok(wayTo('actions.intend').includes('StartWorkflow:refund'));
    assert.deepEqual(named(spans, 'actions.intend').attributes, {
      ...{ 'db.system.name': 'postgresql', 'db.query.summary': 'actions.intend' },
    });
    const { attributes } = named(spans, 'chat stand-in');
    const { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output, ...rest } = attributes;
    assert.deepEqual(rest, {
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.output.type': 'json' },
      ...{ 'gen_ai.request.model': 'stand-in', 'gen_ai.response.model': 'stand-in' },
    });
    assert.ok(Number(input) > 0 && Number(output) > 0);
    assert.deepEqual([...new Set(spans.map(({ service }) => service))].sort(), ['baton-api', 'baton-workers']);
    assert.equal(named(spans, 'RunWorkflow:refund').attributes['baton.case'], hashOfCase(caseId));
    for (const { asked } of [systems, model]) assert.match(asked(), new RegExp(`traceparent: 00-${traceId}-`, 'i'));
  });

  it('go on in the same one after a person has approved, with whatever that person’s own call is part of', async () => {
    const { traceId, traceparent } = newTrace();
    const caseId = await here.ask(largeRequest(), { traceparent });
    await here.approved(caseId);
    await here.closed(caseId);
    const spans = await ended(traceId);
    assert.ok(named(spans, 'write payments.refund'));
    const decision = await until(
      async () => to.spans.find(({ name }) => name === 'POST /handoffs/:handoffId/decision'),
      'the decision is traced',
    );
    assert.notEqual(decision.traceId, traceId);
  });

  it('are joined although the relay starts the case, once Temporal is back', async () => {
    const { traceId, traceparent } = newTrace();
    link.cut();
    const caseId = await here.ask(goodRequest(), { traceparent });
    link.mend();
    await here.closed(caseId);
    const spans = await ended(traceId);
    assert.ok(named(spans, 'write payments.refund'));
  });

  it('hold nothing of what was asked, answered or written, nobody’s name, and no case’s id', async () => {
    const { traceId, traceparent } = newTrace();
    await here.fault({ operation: 'payments.refund', mode: 'refuse', times: 1, code: 'card-of-ida-expired' });
    const request = goodRequest({ message: 'Quite a particular sentence.' });
    const caseId = await here.ask(request, { traceparent });
    assert.equal(await here.closed(caseId), 'failed');
    const spans = await ended(traceId);
    const failed = spans.filter(({ status }) => status.code === 2);
    assert.ok(failed.some(({ name }) => name === 'write payments.refund'));
    for (const { status, events } of spans) assert.deepEqual([status.message ?? '', events], ['', []]);
    assert.ok(spans.some(({ attributes }) => attributes['baton.case'] === hashOfCase(caseId)));
    const secrets = [request.requestId, caseId, 'particular', 'ida@', 'Holm', 'rita', 'leo', 'card-', 'C-1', 'O-1'];
    for (const body of to.bodies) for (const secret of secrets) assert.ok(!body.includes(secret), secret);
  });

  it('stop no case: a forged header of a trace is passed over', async () => {
    const caseId = await here.ask(largeRequest());
    await here.waiting(caseId);
    const { connection } = await temporal();
    const forged = [new Uint8Array([1, 2, 3]), 'no map', { traceparent: { not: 'a text' } }].map((value) =>
      value instanceof Uint8Array
        ? { metadata: { encoding: Buffer.from('json/plain') }, data: value }
        : defaultPayloadConverter.toPayload(value),
    );
    for (const header of forged) {
      const forger = new Client({
        connection,
        interceptors: {
          workflow: [{ signal: (input, next) => next({ ...input, headers: { '_tracer-data': header } }) }],
        },
      });
      await forger.workflow.getHandle(caseId).signal('decided', {});
    }
    await here.approved(caseId);
    assert.equal(await here.closed(caseId), 'refunded');
  });

  it('leave histories that replay where nothing traces', async () => {
    const caseId = await here.ask(goodRequest());
    await here.closed(caseId);
    const handle = here.client.workflow.getHandle(caseId);
    await handle.result();
    const history: unknown = JSON.parse(historyToJSON(await handle.fetchHistory()));
    assert.match(JSON.stringify(history), /_tracer-data/);
    const options = { workflowBundle: await bundle(), dataConverter: dataConverter(codec) };
    await Worker.runReplayHistory(options, history, caseId);
  });
});

import assert from 'node:assert/strict';
import { declaredRoles } from '../../api/visibility.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { findings, taskKinds } from '../../core/declare/tasks.ts';
import { eventNames } from '../../outbound/event-types.ts';
import { play } from '../../scripts/play.ts';
import * as declared from '../../workflows/definitions.ts';
import type { Sample } from '../../workflows/sample.ts';
import * as samples from '../../workflows/samples.ts';
import { world as apiWorld, type World as ApiWorld } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { forgetSamples } from '../workflows/forget-samples.ts';
import { createWorld, until, type World } from '../world.ts';
import { isSignedBy, subscriber, type Subscriber } from './subscriber.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };
const queues = declaredRoles(definitions);
const isInstant = (value: unknown) => typeof value === 'string' && new Date(value).toISOString() === value;

/** What each field that goes out may hold: nothing that anybody wrote. */
const mayHold: Record<string, (value: unknown, subject: string, definition: ProcessDefinition) => boolean> = {
  process: (value, subject) => subject.startsWith(`${String(value)}/`),
  handoffId: (value, subject) => String(value).startsWith(`${subject}/`),
  key: (value, subject) => String(value).startsWith(`${subject}/`),
  kind: (value) => value === 'decision' || value === 'task',
  name: (value, _, { handoffs }) =>
    String(value) in handoffs || String(value) in taskKinds || /^(repair|supervision)\b/.test(String(value)),
  queue: (value) => queues.has(String(value)),
  action: (value, _, { actions }) => String(value) in actions,
  operation: (value, _, { actions }) => Object.values(actions).some(({ does }) => does === value),
  outcome: (value, _, { outcomes }) =>
    [...Object.keys(outcomes), ...Object.values(outcomes), 'failed', 'cancelled'].includes(value as never),
  verdict: (value) => ['approved', 'rejected', 'returned', 'expired'].includes(value as string),
  amended: (value) => typeof value === 'boolean',
  rollback: (value) => value === 'complete' || value === 'partial',
  found: (value) => findings.includes(value as never),
  atRiskAt: isInstant,
  escalatesAt: isInstant,
  expiresAt: isInstant,
};

/** Every text in a value that somebody may have written: it holds a blank, or is an address. */
const written = (value: unknown): string[] => {
  if (typeof value === 'string') return /[\s@]/.test(value.trim()) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(written) : [];
};

describe('the samples of every process, as a subscriber is told of them', function () {
  this.timeout(600_000);
  let world: World;
  let api: ApiWorld;
  let other: Subscriber;
  before(async () => {
    await forgetSamples();
    world = await createWorld();
    other = await subscriber();
    const { pool, taskQueue } = world;
    const { address: temporalAddress } = await temporal();
    api = await apiWorld({ pool, taskQueue, temporalAddress, outboundAllow: ['127.0.0.1'] });
  });
  after(async () => {
    await other?.close();
    await api?.close();
    await world?.close();
  });

  it('say what happened, all of it in the order of each case, and nothing that anybody wrote', async () => {
    const body = { url: other.url, types: eventNames };
    const { id, secret } = (await api.call('POST', '/subscriptions', { as: 'amos', body })).body;
    const { pool, client, systems, model } = world;
    const urls = { apiUrl: api.api.url, sandboxUrl: systems.url, modelUrl: model.url };
    const stage = { ...urls, pool, client, say: () => undefined, over: () => false };
    for (const [process, some] of Object.entries<readonly Sample[]>({ ...samples }))
      await play(stage, definitions[process]!, some, false);
    await until(async () => {
      const { rows } = await pool.query('select from outbox limit 1');
      const { waiting } = (await api.call('GET', `/subscriptions/${id}`, { as: 'ada' })).body;
      return rows.length === 0 && waiting === 0;
    }, 'everything is told');

    const processes = new Set(other.told.map(({ event }) => event.data.process));
    assert.deepEqual([...processes].sort(), Object.keys(samples).sort());
    for (const told of other.told) {
      const { subject, data } = told.event;
      assert.ok(isSignedBy(secret, told));
      for (const [field, value] of Object.entries(data))
        assert.ok(mayHold[field]?.(value, subject, definitions[data.process]!), `${field}: ${JSON.stringify(value)}`);
    }
    for (const [caseId, told] of Map.groupBy(other.told, ({ event }) => event.subject as string)) {
      const lines = await world.record(caseId);
      const expected = lines.flatMap(({ seq, type }) =>
        eventNames.includes(`baton.${type}` as never) ? `${caseId}/${seq}` : [],
      );
      assert.deepEqual(
        told.map(({ event }) => event.id),
        expected,
      );
      const texts = [...new Set(lines.flatMap(({ body }) => written(body)))].filter((text) => text !== caseId);
      assert.ok(texts.length > 0, caseId);
      for (const { body } of told) for (const text of texts) assert.ok(!body.includes(text), `${caseId}: ${text}`);
    }
    const types = new Set(other.told.map(({ event }) => event.type));
    for (const type of [
      'case.opened',
      'case.closed',
      'handoff.opened',
      'handoff.decided',
      'action.done',
      'action.compensated',
    ])
      assert.ok(types.has(`baton.${type}`), type);
  });
});

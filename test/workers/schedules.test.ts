import assert from 'node:assert/strict';
import type { ScheduleHandle } from '@temporalio/client';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';
import { prepareSchedules } from '../../workers/schedules.ts';
import { world as apiWorld } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { records } from '../workflows/service-renewal/good-world.ts';
import { createWorld, until, type World } from '../world.ts';

const { schedule } = declared['service-renewal'];
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the schedule of a process', () => {
  // Two finds a page, so that a few subscriptions fill several.
  const definitions: Record<string, ProcessDefinition> = {
    'service-renewal': { ...declared['service-renewal'], schedule: { ...schedule, pageSize: 2 } },
  };
  let world: World;
  let api: Awaited<ReturnType<typeof apiWorld>>;
  let handle: ScheduleHandle;

  before(async () => {
    world = await createWorld({ definitions });
    const { pool, taskQueue, client } = world;
    const { address: temporalAddress } = await temporal();
    api = await apiWorld({ pool, taskQueue, temporalAddress, definitions });
    const [id] = await prepareSchedules(client, taskQueue, definitions);
    handle = client.schedule.getHandle(id!);
  });
  after(async () => {
    await handle?.delete();
    await api?.close();
    await world?.close();
  });

  const seed = (ends: Record<string, number>) => {
    const each = Object.entries(ends).map(([subscriptionId, days]) =>
      records({
        subscription: { subscriptionId, customerId: `K-${subscriptionId}`, termEnd: inDays(days) },
        usage: { subscriptionId },
        price: { subscriptionId },
        account: { customerId: `K-${subscriptionId}` },
      }),
    );
    return world.seed({
      subscriptions: { subscriptions: each.flatMap(({ subscriptions }) => subscriptions.subscriptions) },
      usage: { usage: each.flatMap(({ usage }) => usage.usage) },
      billing: { accounts: each.flatMap(({ billing }) => billing.accounts) },
      priceBook: { prices: each.flatMap(({ priceBook }) => priceBook.prices) },
    });
  };
  const opened = async () => {
    const { rows } = await world.pool.query<{ key: string; requester: string }>(
      `select business_key as key, requester from cases where process = 'service-renewal' order by 1`,
    );
    return rows;
  };
  /** Lets the schedule fire once and answers what came of it. */
  const fire = async (): Promise<unknown> => {
    const before = (await handle.describe()).info.recentActions.length;
    await handle.trigger();
    const action = await until(async () => {
      const { recentActions } = (await handle.describe()).info;
      return recentActions.length > before && recentActions.at(-1);
    }, 'the schedule has fired');
    const { workflowId, firstExecutionRunId } = action.action.workflow;
    return world.client.workflow.getHandle(workflowId, firstExecutionRunId).result();
  };

  it('fires daily, never twice at a time', async () => {
    const { spec, policies, action } = await handle.describe();
    assert.deepEqual(
      [spec.calendars?.[0]?.hour, spec.calendars?.[0]?.minute],
      [[{ start: 5, end: 5, step: 1 }], [{ start: 0, end: 0, step: 1 }]],
    );
    assert.equal(policies.overlap, 'SKIP');
    assert.equal(action.workflowType, 'due-cases');
  });

  it('is made once, brought up to date, and left paused where somebody paused it', async () => {
    await handle.pause('maintenance');
    const later = { ...schedule, dailyAt: '06:30' as const };
    const changed = { 'service-renewal': { ...declared['service-renewal'], schedule: later } };
    await Promise.all([1, 2].map(() => prepareSchedules(world.client, world.taskQueue, changed)));
    const { state, spec } = await handle.describe();
    assert.equal(state.paused, true);
    assert.equal(spec.calendars?.[0]?.minute[0]?.start, 30);
    await handle.unpause();
    await prepareSchedules(world.client, world.taskQueue, definitions);
  });

  it('opens one case for each term that ends in the window, however often it fires', async () => {
    await seed({ today: 0, soon: 1, later: 60, last: 120, 'too-late': 121, past: -1, other: 30 });
    assert.deepEqual(await fire(), { opened: 5, known: 0, unusable: 0, next: null });
    const due = ['today', 'soon', 'later', 'last', 'other'];
    await until(async () => (await opened()).length === due.length, 'all are cases');
    assert.deepEqual(await fire(), { opened: 0, known: 5, unusable: 0, next: null });
    const cases = await opened();
    assert.deepEqual(
      new Set(cases.map(({ key }) => key)),
      new Set([0, 1, 60, 120, 30].map((days, n) => `${due[n]}:${inDays(days)}`)),
    );
    assert.ok(cases.every(({ requester }) => requester === 'schedule:service-renewal'));
  });

  it('opens another case for the term that follows', async () => {
    await seed({ soon: 90 });
    assert.deepEqual(await fire(), { opened: 1, known: 0, unusable: 0, next: null });
    await until(async () => (await opened()).some(({ key }) => key === `soon:${inDays(90)}`), 'it is a case');
  });

  it('opens the others when a find is no request, and fails so that it is seen', async () => {
    const gives = schedule.gives.extend({ customerId: schedule.gives.shape.customerId.refine((id) => id !== 'K-odd') });
    world.definitions['service-renewal'] = { ...definitions['service-renewal']!, schedule: { ...schedule, gives } };
    await seed({ odd: 10, fine: 11 });
    await assert.rejects(fire(), (error: Error & { cause?: { type?: string } }) => {
      assert.equal(error.cause?.type, 'data-contract-breach');
      return true;
    });
    await until(async () => (await opened()).some(({ key }) => key === `fine:${inDays(11)}`), 'the other is a case');
    assert.ok(!(await opened()).some(({ key }) => key.startsWith('odd')));
  });
});

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findSubscription } from '../../store/subscriptions.ts';
import { until } from '../world.ts';
import { subscriber, type Subscriber } from './subscriber.ts';
import { type OutboundWorld, outboundWorld } from './world.ts';

describe('processes that send, and are killed', function () {
  this.timeout(180_000);
  let world: OutboundWorld;
  let other: Subscriber;
  const alive: ChildProcess[] = [];
  const starts = () => {
    const program = fileURLToPath(new URL('./sender-process.ts', import.meta.url));
    const env = { ...process.env, DATABASE_URL: world.url };
    alive.push(spawn(process.execPath, [program], { env, stdio: 'inherit' }));
  };
  before(async () => {
    [world, other] = await Promise.all([outboundWorld(), subscriber()]);
  });
  after(async () => {
    for (const child of alive) child.kill('SIGKILL');
    await other?.close();
    await world?.close();
  });

  it('lose nothing, and what comes again comes before anything else of its case', async () => {
    const { id } = await world.subscribes(other.url);
    other.behaves((_event, res) => void setTimeout(() => res.writeHead(204).end(), 20));
    const cases = await Promise.all(Array.from({ length: 16 }, () => world.opens()));
    await Promise.all(cases.map((caseId) => world.happens(caseId, 24)));
    await world.handsOut();
    for (const _ of [1, 2, 3]) starts();
    for (let kills = 0; kills < 5; kills++) {
      const before = other.told.length;
      await until(
        async () => other.told.length >= before + 40 || (await findSubscription(world.pool, id))!.waiting === 0,
        'more',
      );
      await delay(10 * kills); // at other moments
      alive.shift()!.kill('SIGKILL');
      starts();
    }
    await world.settled(id);
    const ids = other.told.map(({ event }) => event.id as string);
    assert.equal(new Set(ids).size, 16 * 25);
    const byCase = Map.groupBy(other.told, ({ event }) => event.subject as string);
    for (const told of byCase.values()) {
      const places = told.map(({ event }) => event.sequence as string);
      assert.deepEqual(places, places.toSorted());
    }
  });
});

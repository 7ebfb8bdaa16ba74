import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { allowedOf } from '../../outbound/addresses.ts';
import { backOffMs } from '../../outbound/back-off.ts';
import { usualTiming } from '../../outbound/deliver.ts';
import { newSecret } from '../../outbound/webhook-signature.ts';
import { delivered, giveUp, listDeliveries, putOff, settleDead, takeDue } from '../../store/deliveries.ts';
import { endSubscription, findSubscription, rotateSecret, setPaused } from '../../store/subscriptions.ts';
import { until } from '../world.ts';
import { isSignedBy, subscriber, type Subscriber } from './subscriber.ts';
import { type OutboundWorld, outboundWorld } from './world.ts';

const seqOf = (id: string) => Number(id.split('/').at(-1));
const caseOf = (id: string) => id.slice(0, id.lastIndexOf('/'));

/** Of each case the numbers of its lines, in the order in which they were taken. */
const byCase = (ids: readonly string[]) =>
  new Map([...Map.groupBy(ids, caseOf)].map(([caseId, some]) => [caseId, some.map(seqOf)]));

describe('what subscribers are told', function () {
  this.timeout(120_000);
  let world: OutboundWorld;
  let other: Subscriber;
  beforeEach(async () => {
    [world, other] = await Promise.all([outboundWorld(), subscriber()]);
  });
  afterEach(async () => {
    await other.close();
    await world.close();
  });

  it('comes in the order of each case, once, from several processes at once, whatever fails meanwhile', async () => {
    const { id } = await world.subscribes(other.url);
    const cases = await Promise.all(Array.from({ length: 12 }, () => world.opens()));
    await Promise.all(cases.map((caseId) => world.happens(caseId, 9)));
    await world.handsOut();
    let calls = 0;
    other.behaves(() => (++calls % 3 === 0 ? 500 : 204));
    for (let n = 0; n < 3; n++) world.starts();
    await world.settled(id);
    const taken = byCase(other.taken());
    assert.equal(taken.size, 12);
    for (const seqs of taken.values()) assert.deepEqual(seqs, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('comes in order also while more happens than was told', async () => {
    const { id } = await world.subscribes(other.url);
    world.starts();
    world.starts();
    const cases = await Promise.all(Array.from({ length: 6 }, () => world.opens()));
    other.behaves((_event, res) => void setTimeout(() => res.writeHead(Math.random() < 0.2 ? 503 : 200).end(), 5));
    for (let n = 0; n < 15; n++) {
      await Promise.all(cases.map((caseId) => world.happens(caseId)));
      await world.handsOut();
    }
    await world.settled(id);
    const { rows } = await world.pool.query(`select count(*)::int from deliveries where state = 'delivered'`);
    assert.equal(rows[0].count, 6 * 16);
    // One that failed comes again before anything else of its case.
    for (const seqs of byCase(other.told.map(({ event }) => event.id)).values())
      assert.deepEqual(
        seqs,
        seqs.toSorted((a, b) => a - b),
      );
    assert.deepEqual((await world.pool.query('select from followed_cases')).rows, []);
  });

  it('is all told after the subscriber answered 500 for an hour, each once', async () => {
    const { id } = await world.subscribes(other.url);
    other.behaves(() => 500);
    world.starts();
    const cases = await Promise.all(Array.from({ length: 20 }, () => world.opens()));
    await world.handsOut();
    await until(async () => other.told.length >= 60, 'it was tried often');
    await Promise.all(cases.map((caseId) => world.happens(caseId, 2)));
    await world.handsOut();
    const failing = (await findSubscription(world.pool, id))!;
    assert.equal(failing.lastFailure, 'status-500');
    assert.ok(failing.failingSince && failing.waitingSince && failing.lastDeliveredAt === null);
    assert.equal(failing.waiting, 60);
    other.behaves(() => 200);
    await world.settled(id);
    for (const seqs of byCase(other.taken()).values()) assert.deepEqual(seqs, [1, 2, 3]);
    assert.equal(other.taken().length, 60);
    const { failingSince, lastDeliveredAt, waiting, dead } = (await findSubscription(world.pool, id))!;
    assert.deepEqual([failingSince, waiting, dead], [null, 0, 0]);
    assert.ok(lastDeliveredAt);
    assert.equal(world.reports.filter((line) => line.includes('takes nothing')).length >= 1, true);
  });

  it('comes twice, under the same id, where only the answer was lost', async () => {
    const { id } = await world.subscribes(other.url);
    let lost = false;
    other.behaves((_event, res) => {
      if (lost) return 200;
      lost = true;
      res.destroy();
      return undefined;
    });
    const caseId = await world.opens();
    await world.happens(caseId);
    await world.handsOut();
    world.starts();
    await world.settled(id);
    assert.deepEqual(
      other.told.map(({ event }) => seqOf(event.id)),
      [1, 1, 2],
    );
    const [first, second, third] = other.told.map(({ headers }) => headers['webhook-id']);
    assert.equal(first, second);
    assert.notEqual(second, third);
    assert.equal(other.told[0]!.body, other.told[1]!.body);
  });

  it('is sent again by another process when one died between sending and noting', async () => {
    const { id } = await world.subscribes(other.url);
    await world.opens();
    await world.handsOut();
    // What a process leaves that is killed: taken, and never settled.
    await world.pool.query(
      `update followed_cases set attempts = 1, tried_since = now(), next_attempt_at = now() + interval '1 s'`,
    );
    world.starts();
    await world.settled(id);
    assert.equal(other.told.length, 1);
  });

  it('is settled by nobody whose time was over, once another has taken it', async () => {
    const { id } = await world.subscribes(other.url);
    const caseId = await world.opens();
    await world.happens(caseId);
    await world.handsOut();
    const [late] = await takeDue(world.pool, id, 8, 0);
    const [now] = await takeDue(world.pool, id, 8, 60_000);
    assert.deepEqual([late!.seq, now!.seq], [1, 1]);
    await giveUp(world.pool, late!, 'timed-out');
    assert.equal((await findSubscription(world.pool, id))!.dead, 0);
    await delivered(world.pool, now!);
    await delivered(world.pool, late!);
    const [next] = await takeDue(world.pool, id, 8, 60_000);
    assert.equal(next!.seq, 2);
    await putOff(world.pool, late!, 'timed-out', 0);
    assert.deepEqual(await takeDue(world.pool, id, 8, 60_000), []);
    await delivered(world.pool, next!);
    assert.deepEqual((await world.pool.query('select from followed_cases')).rows, []);
  });

  it('reaches others while one subscriber is slow, which is called at most eight times at once', async () => {
    const slow = await subscriber();
    slow.behaves(() => undefined); // no answer at all
    await world.subscribes(slow.url);
    const { id } = await world.subscribes(other.url);
    await Promise.all(Array.from({ length: 30 }, () => world.opens()));
    await world.handsOut();
    world.starts({ timing: { timeoutMs: 3_000 } });
    await world.settled(id);
    assert.equal(other.taken().length, 30);
    assert.ok(slow.told.length > 0 && slow.mostOpen() <= 8);
    assert.equal(slow.taken().length, 0);
    await slow.close();
  });

  it('waits as long as Retry-After says', async () => {
    const { id } = await world.subscribes(other.url);
    let first = true;
    other.behaves((_event, res) => {
      if (!first) return 200;
      first = false;
      res.setHeader('retry-after', '2');
      return 429;
    });
    await world.opens();
    await world.handsOut();
    const began = Date.now();
    world.starts();
    await world.settled(id);
    assert.equal(other.told.length, 2);
    assert.ok(Date.now() - began >= 2_000);
  });

  it('takes longer from try to try, up to an hour, never all at the same moment', () => {
    const waits = (attempts: number) => Array.from({ length: 200 }, () => backOffMs(attempts, usualTiming));
    for (const [attempts, least, most] of [
      [1, 2_500, 5_000],
      [2, 5_000, 10_000],
      [8, 320_000, 640_000],
      [11, 1_800_000, 3_600_000],
      [500, 1_800_000, 3_600_000],
    ] as const) {
      const all = waits(attempts);
      assert.ok(Math.min(...all) >= least && Math.max(...all) <= most, String(attempts));
      assert.ok(new Set(all).size > 100);
    }
  });

  it('is dead after the last try, is shown, holds back its own case and no other, and goes on when it is sent again', async () => {
    const { id } = await world.subscribes(other.url);
    const [bad, good] = [await world.opens(), await world.opens()];
    await world.happens(bad, 2);
    await world.happens(good, 2);
    await world.handsOut();
    other.behaves((event) => (event.subject === bad && seqOf(event.id) === 2 ? 400 : 200));
    world.starts({ timing: { giveUpAfterMs: 300 } });
    const dead = await until(async () => {
      const [one] = await listDeliveries(world.pool, id, { state: 'dead', limit: 10 });
      return one;
    }, 'one is dead');
    assert.deepEqual([dead.caseId, dead.seq, dead.lastFailure], [bad, 2, 'status-400']);
    await world.happens(good);
    await world.handsOut();
    await until(async () => other.taken().length === 5, 'all others were told');
    assert.deepEqual(
      byCase(other.taken()),
      new Map([...byCase(other.taken())].map(([c]) => [c, c === bad ? [1] : [1, 2, 3, 4]])),
    );
    const { waiting, dead: count } = (await findSubscription(world.pool, id))!;
    assert.deepEqual([waiting, count], [1, 1]);
    assert.ok(world.reports.some((line) => line.includes('told no more of this case')));

    other.behaves(() => 200);
    assert.equal(await settleDead(world.pool, id, undefined, 'waiting'), 1);
    await world.settled(id);
    assert.deepEqual(byCase(other.taken()).get(bad), [1, 2, 3]);
  });

  it('goes on behind a dead one that is skipped, which is never sent', async () => {
    const { id } = await world.subscribes(other.url);
    const caseId = await world.opens();
    await world.happens(caseId, 2);
    await world.handsOut();
    other.behaves((event) => (seqOf(event.id) === 1 ? 422 : 200));
    world.starts({ timing: { giveUpAfterMs: 200 } });
    const [dead] = await until(async () => {
      const found = await listDeliveries(world.pool, id, { state: 'dead', limit: 10 });
      return found.length > 0 && found;
    }, 'one is dead');
    assert.equal(await settleDead(world.pool, id, [dead!.id + 1_000], 'skipped'), 0);
    assert.equal(await settleDead(world.pool, id, [dead!.id], 'skipped'), 1);
    await world.settled(id);
    assert.deepEqual(byCase(other.taken()).get(caseId), [2, 3]);
  });

  it('ends with 410 Gone, for good', async () => {
    const { id } = await world.subscribes(other.url);
    other.behaves(() => 410);
    const caseId = await world.opens();
    await world.happens(caseId, 3);
    await world.handsOut();
    world.starts();
    const gone = await until(async () => {
      const one = (await findSubscription(world.pool, id))!;
      return one.state === 'ended' && one;
    }, 'it ended');
    assert.deepEqual([gone.endedBecause, gone.changedBy, gone.waiting, gone.dead], ['gone', null, 0, 0]);
    await world.happens(caseId);
    await world.handsOut();
    const { rows } = await world.pool.query(`select state, count(*)::int from deliveries group by 1`);
    assert.deepEqual(rows, [{ state: 'skipped', count: 4 }]);
    assert.equal(other.told.length, 1);
    assert.equal(await setPaused(world.pool, id, 'amos', false), false);
    assert.equal(await endSubscription(world.pool, id, 'amos'), false);
  });

  it('is kept while it is paused, and told when it goes on', async () => {
    const { id } = await world.subscribes(other.url);
    assert.equal(await setPaused(world.pool, id, 'amos', true), true);
    world.starts();
    const caseId = await world.opens();
    await world.happens(caseId);
    await world.handsOut();
    const marker = await world.subscribes(other.url, { types: ['baton.case.opened'] });
    await world.opens();
    await world.handsOut();
    await world.settled(marker.id);
    assert.equal(other.told.length, 1);
    assert.equal((await findSubscription(world.pool, id))!.waiting, 3);
    await setPaused(world.pool, id, 'amos', false);
    await world.settled(id);
    assert.deepEqual(byCase(other.taken()).get(caseId), [1, 2]);
  });

  it('is signed by the secret, and for a day after a rotation by the one before, too', async () => {
    const { id, secret } = await world.subscribes(other.url);
    world.starts();
    await world.opens();
    await world.handsOut();
    await world.settled(id);
    const next = newSecret();
    assert.equal(await rotateSecret(world.pool, id, 'amos', next, 24), true);
    await world.opens();
    await world.handsOut();
    await world.settled(id);
    await world.pool.query(`update subscriptions set old_secret_until = now()`);
    await world.opens();
    await world.handsOut();
    await world.settled(id);
    const by = other.told.map((told) => [secret, next, newSecret()].map((one) => isSignedBy(one, told)));
    assert.deepEqual(by, [
      [true, false, false],
      [true, true, false],
      [false, true, false],
    ]);
    const { headers, body } = other.told[1]!;
    for (const one of [secret, next]) new Webhook(one).verify(body, headers as Record<string, string>);
    assert.equal(isSignedBy(next, { headers, body: body.replace('refund', 'refunds') }), false);
  });

  it('is sent to no address that is not allowed any more, and is told once it is', async () => {
    const { id } = await world.subscribes(other.url.replace('127.0.0.1', 'partner.example'));
    await world.opens();
    await world.handsOut();
    const lookup = (_name: string, _options: object, done: (error: null, found: any) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    const strict = world.starts({ lookup, allowed: allowedOf([]) });
    await until(
      async () => (await findSubscription(world.pool, id))!.lastFailure === 'address-refused',
      'it is refused',
    );
    assert.equal(other.told.length, 0);
    await strict.close();
    world.starts({ lookup });
    await world.settled(id);
    assert.equal(other.told.length, 1);
  });

  it('blocks no case and no other subscriber, whatever a subscriber does', async () => {
    const { id } = await world.subscribes(other.url);
    for (const url of ['http://127.0.0.1:1/', 'https://localhost:1/', 'http://10.0.0.1/', 'http://[::1]:1/'])
      await world.subscribes(url);
    world.starts();
    const caseId = await world.opens();
    await world.happens(caseId, 3);
    await world.handsOut();
    assert.deepEqual((await world.pool.query('select from outbox')).rows, []);
    await world.settled(id);
    assert.equal(other.taken().length, 4);
  });

  it('is forgotten a week after it was told', async () => {
    const { id } = await world.subscribes(other.url);
    world.starts();
    await world.opens();
    await world.handsOut();
    await world.settled(id);
    await world.pool.query(`update deliveries set settled_at = now() - interval '6 days 23 hours'`);
    await world.opens();
    await world.handsOut();
    await world.settled(id);
    assert.equal((await listDeliveries(world.pool, id, { limit: 10 })).length, 2);
    await world.pool.query(
      `update deliveries set settled_at = now() - interval '7 days 1 hour' where id in (select min(id) from deliveries)`,
    );
    await until(async () => (await listDeliveries(world.pool, id, { limit: 10 })).length === 1, 'the old one is gone');
  });
});

import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { allowedOf } from '../../outbound/addresses.ts';
import { setQueueChat } from '../../store/queue-chats.ts';
import { until } from '../world.ts';
import { chatServer } from './chat-server.ts';
import { mailBench } from './mail-bench.ts';
import { subscriber } from './subscriber.ts';
import { outboundWorld } from './world.ts';

describe('messages', function () {
  this.timeout(120_000);
  const bench = mailBench('slow');
  const { here, server, open, send } = bench;

  it('go to everybody else while one chat takes them and never answers', async () => {
    let hanging = 0;
    const silent = http.createServer(() => void hanging++);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const quick = await chatServer();
    const chat = (queue: string, url: string) =>
      setQueueChat(here().pool, queue, { kind: 'slack', url, language: 'en', timeZone: 'UTC', setBy: 'ada' });
    try {
      await chat('support-leads', `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
      await chat('customer-support', quick.url);
      for (let n = 0; n < 30; n++) await open();
      send(server().url, { post: { allowed: allowedOf(['127.0.0.1']), timeoutMs: 100_000 } });
      await until(async () => server().got.length === 60 && hanging === 2, 'all mail, and two are held up');
      await open({ owner: 'customer-support' });
      await until(async () => quick.got.length === 1, 'the other chat has its own');
      assert.equal(hanging, 2);
    } finally {
      silent.closeAllConnections();
      silent.close();
      await quick.close();
      await here().pool.query('delete from queue_chats');
    }
  });

  it('are not sent again because the store was away when they had been sent', async () => {
    server().slowMs = 300;
    await bench.setEmail('lea', null);
    await open();
    send(server().url);
    await until(async () => server().taken.length === 1, 'it is under way');
    await here().pool.query('alter table messages rename to messages_away');
    await delay(2_500); // longer than the lease
    await here().pool.query('alter table messages_away rename to messages');
    await here().settled();
    await delay(300);
    assert.equal(server().taken.length, 1);
    assert.equal((await here().stored()).find(({ receiver }) => receiver === 'leo')!.state, 'sent');
  });
});

describe('an event', function () {
  this.timeout(120_000);

  it('is not sent again because the store was away when it had been taken', async () => {
    const [world, other] = await Promise.all([outboundWorld(), subscriber()]);
    try {
      const { id } = await world.subscribes(other.url);
      other.behaves((_event, res) => void setTimeout(() => res.writeHead(204).end(), 300));
      await world.opens();
      await world.handsOut();
      world.starts({ timing: { timeoutMs: 500, spareMs: 4_000 } });
      await until(async () => other.told.length === 1, 'it is under way');
      await world.pool.query('alter table deliveries rename to deliveries_away');
      await delay(1_500);
      await world.pool.query('alter table deliveries_away rename to deliveries');
      await world.settled(id);
      assert.equal(other.told.length, 1);
    } finally {
      await other.close();
      await world.close();
    }
  });
});

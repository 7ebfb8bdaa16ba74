import assert from 'node:assert/strict';
import { until } from '../world.ts';
import { address, mailBench } from './mail-bench.ts';
import { states } from './message-world.ts';

describe('mail that does not arrive', function () {
  this.timeout(120_000);
  const bench = mailBench('late');
  const { here, server, open, send, got } = bench;

  it('names each message so that it is the same one when it comes twice', async () => {
    server().cuts = 1;
    await bench.setEmail('lea', null);
    await open();
    send(server().url);
    await here().settled();
    const [leo] = (await here().stored()).filter(({ receiver }) => receiver === 'leo');
    const messageId = `<${leo!.key}@baton.example>`;
    assert.deepEqual(server().taken, [messageId, messageId]);
    assert.equal(server().got.length, 1);
    assert.deepEqual([leo!.state, leo!.tries], ['sent', 2]);
  });

  it('shows who has no address', async () => {
    await bench.setEmail('lea', null);
    await open();
    send(server().url);
    await here().settled();
    const all = await here().stored();
    assert.deepEqual(states(all), { 'opened lea': 'undeliverable', 'opened leo': 'sent' });
    assert.equal(all.find(({ receiver }) => receiver === 'lea')!.because, 'no-address');
  });

  it('goes to nobody else by an address that is more than one, or holds a header', async () => {
    for (const email of [
      'lea@example.com, eve@evil.example',
      'lea@example.com\r\nBcc: eve@evil.example',
      'Lea <lea@example.com>',
    ]) {
      await bench.setEmail('lea', email);
      await open();
      const sending = here().send(server().url);
      await here().settled();
      await sending.close();
      const lea = (await here().stored()).find(({ receiver }) => receiver === 'lea')!;
      assert.deepEqual([lea.state, lea.because], ['undeliverable', 'address-invalid']);
      await here().pool.query('delete from messages');
    }
    assert.ok(server().got.every(({ to, raw }) => to === 'leo@example.com' && !raw.includes('eve@')));
  });

  it('is undeliverable to one whom the server refuses; all others get theirs, and it can be sent again', async () => {
    server().refuses.add(address('lea'));
    const id = await open();
    send(server().url);
    await here().settled();
    const lea = (await here().stored()).find(({ receiver }) => receiver === 'lea')!;
    assert.deepEqual([lea.state, lea.because, lea.tries], ['undeliverable', 'smtp-550', 1]);
    assert.deepEqual(got(), [[address('leo'), 'Waiting for an answer: Refund, Approve a refund']]);
    await here().turn(id); // the case goes on
    server().refuses.clear();
    await here().handOut();
    await here().settled();
    assert.equal(server().got.length, 3);
  });

  it('is undeliverable where there is no mail server, so that it can be sent once there is', async () => {
    await open();
    const without = here().send(undefined);
    await here().settled();
    await without.close();
    assert.deepEqual(
      (await here().stored()).map(({ state, because }) => [state, because]),
      [
        ['undeliverable', 'no-mail-server'],
        ['undeliverable', 'no-mail-server'],
      ],
    );
  });

  it('is tried again when the server says that it is busy', async () => {
    server().busy = 2;
    await bench.setEmail('lea', null);
    await open();
    send(server().url);
    await here().settled();
    const leo = (await here().stored()).find(({ receiver }) => receiver === 'leo')!;
    assert.deepEqual([leo.state, leo.tries, server().got.length], ['sent', 3, 1]);
  });

  it('waits for its operator where the server does not let Baton in: that is no refusal of the message', async () => {
    server().locked = true;
    await open();
    send(server().url.replace('//', '//baton:wrong@'));
    await until(async () => (await here().stored()).every(({ tries }) => tries >= 2), 'both were tried twice');
    for (const { state, because } of await here().stored()) {
      assert.ok(state === 'waiting' || state === 'sending');
      assert.equal(because, 'smtp-535');
    }
    server().locked = false;
    await here().settled();
    assert.equal(server().got.length, 2);
  });
});

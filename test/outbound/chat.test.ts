import assert from 'node:assert/strict';
import { allowedOf } from '../../outbound/addresses.ts';
import { setRoles } from '../../store/members.ts';
import { setQueueChat } from '../../store/queue-chats.ts';
import { waitingCase } from '../api/world.ts';
import { until } from '../world.ts';
import { chatServer } from './chat-server.ts';
import { messageWorld, type MessageWorld, publicUrl } from './message-world.ts';

describe('a queue’s chat', function () {
  this.timeout(120_000);
  let here: MessageWorld;
  let server: Awaited<ReturnType<typeof chatServer>>;
  let count = 0;
  const ends: (() => Promise<unknown>)[] = [];
  before(async () => {
    here = await messageWorld();
    for (const person of ['leo', 'lea', 'mia']) await setRoles(here.pool, person, []); // mail is not what this is about
  });
  after(() => here.close());
  beforeEach(async () => {
    server = await chatServer();
    ends.push(() => server.close());
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await here.pool.query('delete from messages; delete from queue_chats');
  });

  const chat = (kind: 'slack' | 'teams', queue = 'support-leads', path = '/hook-secret') =>
    setQueueChat(here.pool, queue, { kind, url: server.url + path, language: 'en', timeZone: 'UTC', setBy: 'ada' });
  const open = async () => {
    const { id } = await waitingCase(here.pool, `chat-${++count}`);
    await here.handOut();
    return id;
  };
  const send = (...[more]: [Parameters<MessageWorld['send']>[1]?]) => {
    const sending = here.send(undefined, more);
    ends.push(() => sending.close());
  };
  const only = async () => {
    const [message, ...others] = (await here.stored()).filter(({ channel }) => channel === 'chat');
    assert.deepEqual(others, []);
    return message!;
  };

  it('gets a card of Slack that says what waits, with one button that opens it', async () => {
    await chat('slack');
    await open();
    send();
    await here.settled();
    const [{ path, type, card } = assert.fail('nothing came')] = server.got;
    assert.deepEqual([path, type], ['/hook-secret', 'application/json']);
    assert.equal(card.text, 'Waiting for an answer: Refund, Approve a refund');
    const texts = JSON.stringify(card.blocks);
    for (const part of ['Process: Refund', 'Handoff: Approve a refund', 'Queue: Support leads', 'Due: '])
      assert.ok(texts.includes(part), part);
    assert.doesNotMatch(texts, /mrkdwn/);
    const buttons = card.blocks.flatMap(({ elements = [] }: any) => elements);
    assert.deepEqual(
      buttons.map(({ type, url }: any) => [type, url]),
      [['button', `${publicUrl}/handoffs/refund%2Fchat-${count}%2Freview-1`]],
    );
  });

  it('gets a card of Teams that says the same', async () => {
    await chat('teams');
    await open();
    send();
    await here.settled();
    const [{ contentType, content }] = server.got[0]!.card.attachments;
    assert.equal(contentType, 'application/vnd.microsoft.card.adaptive');
    assert.deepEqual(
      [content.type, content.body[0].text],
      ['AdaptiveCard', 'Waiting for an answer: Refund, Approve a refund'],
    );
    assert.deepEqual(content.body[2].facts.slice(0, 2), [
      { title: 'Process', value: 'Refund' },
      { title: 'Handoff', value: 'Approve a refund' },
    ]);
    assert.deepEqual(
      content.actions.map(({ type, url }: any) => [type, url]),
      [['Action.OpenUrl', `${publicUrl}/handoffs/refund%2Fchat-${count}%2Freview-1`]],
    );
  });

  it('gets it later when it was away for a while, in order', async () => {
    server.answers.push({ status: 500 }, { status: 503 });
    await chat('slack');
    const id = await open();
    await here.turn(id);
    await here.handOut();
    send();
    await here.settled();
    assert.deepEqual(
      server.got.map(({ card }) => card.text.split(':')[0]),
      ['Waiting for an answer', 'Waiting for an answer', 'Waiting for an answer', 'At risk'],
    );
  });

  it('is left alone for as long as it says, with all that it is to get', async () => {
    server.answers.push({ status: 429, headers: { 'retry-after': '3600' } });
    await chat('slack');
    for (let n = 0; n < 3; n++) await waitingCase(here.pool, `chat-${++count}`);
    await here.handOut();
    await here.pool.query(
      "update messages set next_at = now() + interval '1 minute' where id > (select min(id) from messages)",
    );
    send();
    const waits = async () =>
      (
        await here.pool.query("select (next_at > now() + interval '50 minutes') as long from messages order by id")
      ).rows.map(({ long }) => long);
    await until(async () => (await waits())[0], 'the first was put off');
    assert.deepEqual(await waits(), [true, true, true]);
    assert.equal(server.got.length, 1);
  });

  it('is not asked again once it said that there is no such webhook; the case goes on', async () => {
    server.answers.push({ status: 404 });
    await chat('slack');
    const id = await open();
    send();
    await here.settled();
    const { state, because, tries } = await only();
    assert.deepEqual([state, because, tries], ['undeliverable', 'http-404', 1]);
    await here.decide(id, 'leo');
  });

  it('is not followed to another address', async () => {
    server.answers.push({ status: 302, headers: { location: `${server.url}/elsewhere` } });
    await chat('slack');
    await open();
    send();
    await here.settled();
    assert.deepEqual([(await only()).because, server.got.length], ['redirected', 1]);
  });

  it('is at no private address that the operator did not list', async () => {
    await chat('slack');
    await open();
    send({ post: { allowed: allowedOf([]), timeoutMs: 2_000 } });
    await here.settled();
    const { state, because } = await only();
    assert.deepEqual([state, because, server.got.length], ['undeliverable', 'url-refused', 0]);
  });

  it('that is taken away gets nothing of what was to be sent', async () => {
    await chat('slack');
    await open();
    await here.pool.query('delete from queue_chats');
    send();
    await here.settled();
    assert.deepEqual([(await only()).because, server.got.length], ['no-chat', 0]);
  });
});

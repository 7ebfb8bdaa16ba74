import assert from 'node:assert/strict';
import { append } from '../../store/record.ts';
import { waitingCase } from '../api/world.ts';
import { until } from '../world.ts';
import { mailServer, type MailServer } from './mail-server.ts';
import { from, hurried, messageWorld, type MessageWorld, publicUrl, type Stored } from './message-world.ts';

const address = (person: string) => `${person}@example.com`;
const states = (messages: readonly Stored[]) =>
  Object.fromEntries(messages.map(({ receiver, moment, state }) => [`${moment} ${receiver}`, state]));

describe('mail to those who are to learn of a handoff', function () {
  this.timeout(120_000);
  let here: MessageWorld;
  let server: MailServer;
  let count = 0;
  const ends: (() => Promise<void>)[] = [];
  before(async () => void (here = await messageWorld()));
  after(() => here.close());
  beforeEach(async () => {
    server = await mailServer();
    ends.push(() => server.close());
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await here.pool.query('delete from messages');
  });

  const open = async (more: Parameters<typeof waitingCase>[2] = {}) => {
    const { id } = await waitingCase(here.pool, `mail-${++count}`, more);
    await here.handOut();
    return id;
  };
  const send = (...args: Parameters<MessageWorld['send']>) => {
    const sending = here.send(...args);
    ends.push(() => sending.close());
    return sending;
  };
  const got = () => server.got.map(({ to, headers }) => [to, headers.get('subject')]);

  it('says what waits, in which queue, until when in the reader’s zone, and where; nothing of what it is about', async () => {
    await here.pool.query(
      `insert into notification_settings (person, language, time_zone) values ('lea', 'de', 'Europe/Berlin')`,
    );
    const id = await open();
    const due = new Date('2026-07-01T12:30:00Z');
    await here.pool.query('update handoffs set escalates_at = $2 where id = $1', [id, due]);
    send(server.url);
    await here.settled();
    const [lea, leo] = server.got.toSorted((a, b) => (a.to < b.to ? -1 : 1));
    const link = `${publicUrl}/handoffs/refund%2Fmail-${count}%2Freview-1`;
    assert.equal(leo!.headers.get('subject'), 'Waiting for an answer: refund, review');
    assert.equal(leo!.headers.get('from'), from);
    assert.equal(leo!.headers.get('to'), address('leo'));
    assert.match(leo!.headers.get('content-type')!, /^text\/plain; charset=utf-8$/);
    assert.equal(leo!.headers.get('auto-submitted'), 'auto-generated');
    for (const part of ['Process: refund', 'Handoff: review', 'Queue: support-leads', `Open: ${link}`])
      assert.ok(leo!.text.split('\n').includes(part), part);
    assert.match(leo!.text, /Due: Wed,? 1 July 2026(?:,| at) 12:30 UTC/);
    assert.equal(lea!.headers.get('subject'), 'Wartet auf Antwort: refund, review');
    assert.match(lea!.text, /Fällig: Mi\., 1\. Juli 2026(?:,| um) 14:30 MESZ/);
    assert.equal(lea!.headers.get('content-language'), 'de');
    for (const { raw, text } of server.got)
      for (const secret of ['ida@example.com', 'does not fit', '60000', '60_000', 'card-1', 'C-1'])
        assert.ok(!raw.includes(secret) && !text.includes(secret), secret);
    await here.pool.query('delete from notification_settings');
  });

  it('names each message so that it is the same one when it comes twice', async () => {
    server.cuts = 1;
    await here.pool.query("update people set email = null where person = 'lea'");
    await open();
    send(server.url);
    await here.settled();
    const [leo] = (await here.stored()).filter(({ receiver }) => receiver === 'leo');
    const messageId = `<${leo!.key}@baton.example>`;
    assert.deepEqual(server.taken, [messageId, messageId]);
    assert.equal(server.got.length, 1);
    assert.deepEqual([leo!.state, leo!.tries], ['sent', 2]);
    await here.pool.query("update people set email = 'lea@example.com' where person = 'lea'");
  });

  it('shows who has no address', async () => {
    await here.pool.query("update people set email = null where person = 'lea'");
    await open();
    send(server.url);
    await here.settled();
    const all = await here.stored();
    assert.deepEqual(states(all), { 'opened lea': 'undeliverable', 'opened leo': 'sent' });
    assert.equal(all.find(({ receiver }) => receiver === 'lea')!.because, 'no-address');
    await here.pool.query("update people set email = 'lea@example.com' where person = 'lea'");
  });

  it('goes to nobody else by an address that is more than one, or holds a header', async () => {
    for (const email of [
      'lea@example.com, eve@evil.example',
      'lea@example.com\r\nBcc: eve@evil.example',
      'Lea <lea@example.com>',
    ]) {
      await here.pool.query("update people set email = $1 where person = 'lea'", [email]);
      await open();
      const sending = here.send(server.url);
      await here.settled();
      await sending.close();
      const lea = (await here.stored()).find(({ receiver }) => receiver === 'lea')!;
      assert.deepEqual([lea.state, lea.because], ['undeliverable', 'address-invalid']);
      await here.pool.query('delete from messages');
    }
    assert.ok(server.got.every(({ to, raw }) => to === 'leo@example.com' && !raw.includes('eve@')));
    await here.pool.query("update people set email = 'lea@example.com' where person = 'lea'");
  });

  it('is undeliverable to one whom the server refuses; all others get theirs, and it can be sent again', async () => {
    server.refuses.add(address('lea'));
    const id = await open();
    send(server.url);
    await here.settled();
    const lea = (await here.stored()).find(({ receiver }) => receiver === 'lea')!;
    assert.deepEqual([lea.state, lea.because, lea.tries], ['undeliverable', 'smtp-550', 1]);
    assert.deepEqual(got(), [[address('leo'), 'Waiting for an answer: refund, review']]);
    await here.turn(id); // the case goes on
    server.refuses.clear();
    await here.handOut();
    await here.settled();
    assert.equal(server.got.length, 3);
  });

  it('comes to everybody, once and in order, when the server was away while a handoff was at risk, escalated and decided', async () => {
    const { port } = server;
    await server.close();
    await here.lead('support-leads', 'leo');
    const id = await open();
    send(server.url);
    await until(async () => (await here.stored()).some(({ tries }) => tries >= 2), 'it was tried');
    await here.turn(id);
    await here.turn(id);
    await here.handOut();
    await here.decide(id, 'mia');
    await here.handOut();
    server = await mailServer(port);
    await here.settled();
    assert.deepEqual(states(await here.stored()), {
      ...{ 'opened lea': 'outdated', 'opened leo': 'outdated', 'at-risk lea': 'outdated', 'at-risk leo': 'outdated' },
      ...{ 'escalated mia': 'outdated', 'left-queue leo': 'sent', 'decided rita': 'sent' },
    });
    assert.deepEqual(got().toSorted(), [
      [address('leo'), 'Escalated to another queue: refund, review'],
      [address('rita'), 'Decided: refund, review'],
    ]);
    await here.pool.query('delete from queue_leads');
  });

  it('tells at risk and escalated once each, in that order, when everything was off while they passed', async () => {
    const id = await open({ owner: 'support-managers' });
    await here.turn(id);
    await here.turn(id); // they stay: support's managers are who it is escalated to
    await here.handOut();
    const two = [send(server.url), send(server.url)]; // two processes start
    await here.settled();
    assert.equal(two.length, 2);
    assert.deepEqual(
      got(),
      ['Waiting for an answer', 'At risk', 'Escalated'].map((what) => [address('mia'), `${what}: refund, review`]),
    );
  });

  it('asks no question that is answered, or taken back, before it goes out', async () => {
    const id = await open();
    await here.pool.query('delete from messages');
    const caseId = id.replace('/review-1', '');
    const line = (type: string, question: number, body: object = {}) =>
      append(here.pool, {
        caseId,
        type,
        key: `${caseId}/question-${question}`,
        actor: 'leo',
        body: { handoff: id, ...body },
      });
    const dueAt = '2026-07-02T09:00:00.000Z';
    for (const question of [1, 2, 3]) await line('handoff.asked', question, { to: 'support-managers', dueAt });
    await line('handoff.answered', 1);
    await line('handoff.question-over', 2);
    await here.handOut();
    send(server.url);
    await here.settled();
    const asked = (await here.stored()).filter(({ moment }) => moment === 'asked');
    assert.deepEqual(
      asked.map(({ state }) => state),
      ['outdated', 'outdated', 'sent'],
    );
    const [mail] = server.got.filter(({ to }) => to === address('mia'));
    assert.ok(mail!.text.includes(`Open: ${publicUrl}/questions/refund%2Fmail-${count}%2Fquestion-3\n`));
    assert.match(mail!.text, /Due: .*2 July 2026.*09:00 UTC/);
  });

  it('is sent once by three processes at once, while the server is slow', async () => {
    server.slowMs = 150;
    for (let n = 0; n < 10; n++) await open();
    for (let n = 0; n < 3; n++) send(server.url, { timing: { ...hurried, leaseSeconds: 30 } });
    await here.settled();
    assert.equal(server.got.length, 20);
    assert.equal(new Set(server.taken).size, 20);
  });

  it('is seen to have been under way when a process ended, and goes out', async () => {
    await open();
    await here.pool.query(
      "update messages set state = 'sending', tries = 1, leased_until = now() - interval '1 second' where receiver = 'leo'",
    );
    await here.pool.query(
      "update messages set state = 'sending', tries = 1, leased_until = now() + interval '1 second' where receiver = 'lea'",
    );
    send(server.url);
    await here.settled();
    assert.deepEqual(
      (await here.stored()).map(({ state, tries, interrupted }) => [state, tries, interrupted]),
      [
        ['sent', 2, 1],
        ['sent', 2, 1],
      ],
    );
    assert.equal(server.got.length, 2);
  });

  it('is at most so much for one person within a minute', async () => {
    for (let n = 0; n < 5; n++) await open();
    const sending = send(server.url, { timing: { ...hurried, perMinute: 2 } });
    await until(async () => server.got.length >= 4, 'two each');
    await sending.close();
    assert.equal(server.got.length, 4);
    await here.pool.query("update messages set sent_at = now() - interval '2 minutes' where state = 'sent'");
    send(server.url);
    await here.settled();
    assert.equal(server.got.length, 10);
  });

  it('is undeliverable where there is no mail server, so that it can be sent once there is', async () => {
    await open();
    const without = here.send(undefined);
    await here.settled();
    await without.close();
    assert.deepEqual(
      (await here.stored()).map(({ state, because }) => [state, because]),
      [
        ['undeliverable', 'no-mail-server'],
        ['undeliverable', 'no-mail-server'],
      ],
    );
  });
});

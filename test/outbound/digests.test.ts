import assert from 'node:assert/strict';
import { makeDigests } from '../../outbound/digests.ts';
import { setClaim } from '../../store/claims.ts';
import { withHandoff } from '../../store/handoffs.ts';
import { forgetMessages } from '../../store/messages.ts';
import { type NotificationSettings, setNotifications } from '../../store/notifications.ts';
import { waitingCase } from '../api/world.ts';
import { mailServer, type MailServer } from './mail-server.ts';
import { messageWorld, type MessageWorld, publicUrl } from './message-world.ts';

const usual: NotificationSettings = {
  mail: { opened: 'digest', 'at-risk': 'digest', decided: 'digest' },
  ...{ language: 'en', timeZone: 'Europe/Berlin', digestAt: '08:00', queueDigest: 'never', weeklyReport: 'never' },
};

describe('digests', function () {
  this.timeout(120_000);
  let here: MessageWorld;
  let server: MailServer;
  let count = 0;
  before(async () => {
    [here, server] = await Promise.all([messageWorld(), mailServer()]);
    for (const person of ['leo', 'lea', 'rita']) await setNotifications(here.pool, person, usual);
  });
  after(async () => {
    await server.close();
    await here.close();
  });
  beforeEach(async () => {
    await here.handOut();
    await here.pool.query(
      `delete from messages; delete from queue_leads; delete from queue_digests;
       delete from handoff_versions v where not exists (select from decisions where handoff_id = v.handoff_id);
       delete from handoffs h where not exists (select from decisions where handoff_id = h.id)`,
    );
    server.got.splice(0);
  });

  const open = async () => {
    const { id } = await waitingCase(here.pool, `digest-${++count}`);
    await here.handOut();
    return id;
  };
  /** As if so many days had passed since all that was stored. */
  const later = (days: number) =>
    here.pool.query('update messages set created_at = created_at - make_interval(days => $1)', [days]);
  const sendAll = async () => {
    const sending = here.send(server.url);
    await here.settled();
    await sending.close();
    return server.got.splice(0);
  };

  it('hold what a person wants in them until their time has come', async () => {
    await open();
    await makeDigests(here.pool);
    assert.deepEqual(await sendAll(), []);
    await later(1);
    await Promise.all([makeDigests(here.pool), makeDigests(here.pool)]);
    await makeDigests(here.pool);
    const mails = await sendAll();
    assert.deepEqual(mails.map(({ to }) => to).toSorted(), ['lea@example.com', 'leo@example.com']);
    assert.equal(mails[0]!.headers.get('subject'), 'Your digest: 1');
    assert.match(
      mails[0]!.text,
      /Waiting for an answer: Refund, Approve a refund \(.*CE?S?T.*\)\nhttps:\/\/baton\.example\/handoffs\//,
    );
  });

  it('make up once, in order, for all the days that everything was off', async () => {
    const [first, second] = [await open(), await open()];
    await here.turn(first);
    await here.handOut();
    await later(5);
    await makeDigests(here.pool);
    const [mail, ...others] = (await sendAll()).filter(({ to }) => to === 'leo@example.com');
    assert.deepEqual(others, []);
    const order = [...mail!.text.matchAll(/^(.*?): Refund,.*\n.*\/handoffs\/refund%2F(.*?)%2F/gm)].map(
      ([, what, id]) => [what, `refund/${id}/review-1`],
    );
    assert.deepEqual(order, [
      ['Waiting for an answer', first],
      ['Waiting for an answer', second],
      ['At risk', first],
    ]);
  });

  it('leave out what was answered meanwhile, and are not sent where nothing is left', async () => {
    const id = await open();
    await here.decide(id, 'mia');
    await here.handOut();
    await later(1);
    await makeDigests(here.pool);
    const mails = await sendAll();
    assert.deepEqual(
      mails.map(({ to }) => to),
      ['rita@example.com'],
    );
    assert.match(mails[0]!.text, /Decided: Refund, Approve a refund\n/);
    const asked = (await here.stored()).filter(({ moment }) => moment === 'opened');
    assert.deepEqual(
      asked.map(({ state }) => state),
      ['outdated', 'outdated'],
    );
  });

  it('are not sent where all of it was answered while the mail server was away', async () => {
    const id = await open();
    await later(1);
    await makeDigests(here.pool);
    await here.decide(id, 'mia');
    assert.deepEqual(await sendAll(), []);
    assert.ok(
      (await here.stored()).filter(({ moment }) => moment === 'digest').every(({ state }) => state === 'outdated'),
    );
  });

  it('and what was sent are forgotten after a while, but not what could not be delivered', async () => {
    await open();
    await later(100);
    await makeDigests(here.pool);
    await sendAll();
    await later(100);
    await here.pool.query(
      "insert into messages (source, receiver, channel, moment, state, created_at) values ('x', 'leo', 'mail', 'digest', 'undeliverable', '2020-01-01')",
    );
    for (let round = 0; round < 3; round++) await forgetMessages(here.pool, 90, 1_000);
    assert.deepEqual(
      (await here.stored()).map(({ state }) => state),
      ['undeliverable'],
    );
  });

  it('of a queue come to its lead, with counts and links and nobody’s name', async () => {
    await here.pool.query("delete from notification_settings where person = 'leo'");
    await here.lead('support-leads', 'leo');
    const ids = [await open(), await open(), await open()];
    await withHandoff(here.pool, ids[1]!, (db, handoff) => setClaim(db, handoff!, 'lea', true));
    await here.turn(ids[2]!);
    await here.pool.query("update handoffs set opened_at = now() - interval '3 days' where id = $1", [ids[0]]);
    await makeDigests(here.pool);
    const mail = (await sendAll()).find(({ text }) => text.includes('that you lead'))!;
    assert.deepEqual(
      [mail.to, mail.headers.get('subject')],
      ['leo@example.com', 'Queue Support leads: 3 open, 1 at risk'],
    );
    for (const line of [
      'Open: 3',
      'By age: under an hour: 2, under a day: 0, older: 1',
      'Who has what: nobody: 2, 1 people: 1',
    ])
      assert.ok(mail.text.includes(line), line);
    assert.equal(mail.text.match(/\/handoffs\/refund%2Fdigest-/g)?.length, 3);
    assert.ok(mail.text.includes(`${publicUrl}/handoffs?state=open&owner=support-leads`));
    assert.ok(!mail.text.includes('lea\n') && !mail.text.includes('rita'));
  });

  it('of a queue come once an hour, and once for all the hours that were missed', async () => {
    await here.lead('support-leads', 'leo');
    await open();
    const digests = async () => (await sendAll()).filter(({ text }) => text.includes('that you lead')).length;
    await makeDigests(here.pool);
    await makeDigests(here.pool);
    assert.equal(await digests(), 1);
    await here.pool.query(
      "update queue_digests set hour = hour - interval '7 hours'; update messages set source = source || '-before'",
    );
    await makeDigests(here.pool);
    await makeDigests(here.pool);
    assert.equal(await digests(), 1);
  });

  it('of a queue that were not sent give way to the next one', async () => {
    await here.lead('support-leads', 'leo');
    await open();
    await makeDigests(here.pool);
    await here.pool.query(
      "update queue_digests set hour = hour - interval '1 hour'; update messages set source = source || '-before'",
    );
    await makeDigests(here.pool);
    const all = (await here.stored()).filter(({ moment }) => moment === 'queue-digest');
    assert.deepEqual(
      all.map(({ state }) => state),
      ['outdated', 'waiting'],
    );
  });

  it('of a queue are not made where nothing is open, nor for who never wants them', async () => {
    await here.lead('support-leads', 'leo');
    await here.lead('support-managers', 'mia');
    await makeDigests(here.pool);
    await setNotifications(here.pool, 'leo', { ...usual, queueDigest: 'never' });
    await open();
    await here.pool.query('delete from queue_digests');
    await makeDigests(here.pool);
    assert.deepEqual(
      (await here.stored()).filter(({ moment }) => moment === 'queue-digest'),
      [],
    );
  });
});

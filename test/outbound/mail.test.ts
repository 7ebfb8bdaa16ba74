import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { append } from '../../store/record.ts';
import { until } from '../world.ts';
import { address, mailBench } from './mail-bench.ts';
import { from, hurried, publicUrl, states } from './message-world.ts';

describe('mail to those who are to learn of a handoff', function () {
  this.timeout(120_000);
  const bench = mailBench('mail');
  const { here, server, open, send, got } = bench;

  it('says what waits, in which queue, until when in the reader’s zone, and where; nothing of what it is about', async () => {
    await here().pool.query(
      `insert into notification_settings (person, language, time_zone) values ('lea', 'de', 'Europe/Berlin')`,
    );
    const id = await open();
    const due = new Date('2026-07-01T12:30:00Z');
    await here().pool.query('update handoffs set escalates_at = $2 where id = $1', [id, due]);
    send(server().url);
    await here().settled();
    const [lea, leo] = server().got.toSorted((a, b) => (a.to < b.to ? -1 : 1));
    const link = `${publicUrl}/handoffs/refund%2Fmail-${bench.count()}%2Freview-1`;
    assert.equal(leo!.headers.get('subject'), 'Waiting for an answer: Refund, Approve a refund');
    assert.equal(leo!.headers.get('from'), from);
    assert.equal(leo!.headers.get('to'), address('leo'));
    assert.match(leo!.headers.get('content-type')!, /^text\/plain; charset=utf-8$/);
    assert.equal(leo!.headers.get('auto-submitted'), 'auto-generated');
    for (const part of ['Process: Refund', 'Handoff: Approve a refund', 'Queue: Support leads', `Open: ${link}`])
      assert.ok(leo!.text.split('\n').includes(part), part);
    assert.match(leo!.text, /Due: Wed,? 1 July 2026(?:,| at) 12:30 UTC/);
    assert.equal(lea!.headers.get('subject'), 'Wartet auf Antwort: Erstattung, Erstattung genehmigen');
    assert.match(lea!.text, /Fällig: Mi\., 1\. Juli 2026(?:,| um) 14:30 MESZ/);
    assert.equal(lea!.headers.get('content-language'), 'de');
    for (const { raw, text } of server().got)
      for (const secret of ['ida@example.com', 'does not fit', '60000', '60_000', 'card-1', 'C-1'])
        assert.ok(!raw.includes(secret) && !text.includes(secret), secret);
    await here().pool.query('delete from notification_settings');
  });

  it('comes to everybody, once and in order, when the server was away while a handoff was at risk, escalated and decided', async () => {
    const { port } = server();
    await server().close();
    await here().lead('support-leads', 'leo');
    const id = await open();
    send(server().url);
    await until(async () => (await here().stored()).some(({ tries }) => tries >= 2), 'it was tried');
    await here().turn(id);
    await here().turn(id);
    await here().handOut();
    await here().decide(id, 'mia');
    await here().handOut();
    await bench.serverOn(port);
    await here().settled();
    assert.deepEqual(states(await here().stored()), {
      ...{ 'opened lea': 'outdated', 'opened leo': 'outdated', 'at-risk lea': 'outdated', 'at-risk leo': 'outdated' },
      ...{ 'escalated mia': 'outdated', 'left-queue leo': 'sent', 'decided rita': 'sent' },
    });
    assert.deepEqual(got().toSorted(), [
      [address('leo'), 'Escalated to another queue: Refund, Approve a refund'],
      [address('rita'), 'Decided: Refund, Approve a refund'],
    ]);
    await here().pool.query('delete from queue_leads');
  });

  it('tells at risk and escalated once each, in that order, when everything was off while they passed', async () => {
    const id = await open({ owner: 'support-managers' });
    await here().turn(id);
    await here().turn(id); // they stay: support's managers are who it is escalated to
    await here().handOut();
    const two = [send(server().url), send(server().url)]; // two processes start
    await here().settled();
    assert.equal(two.length, 2);
    assert.deepEqual(
      got(),
      ['Waiting for an answer', 'At risk', 'Escalated'].map((what) => [
        address('mia'),
        `${what}: Refund, Approve a refund`,
      ]),
    );
  });

  it('asks no question that is answered, or taken back, before it goes out', async () => {
    const id = await open();
    await here().pool.query('delete from messages');
    const caseId = id.replace('/review-1', '');
    const line = (type: string, question: number, body: object = {}) =>
      append(here().pool, {
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
    await here().handOut();
    send(server().url);
    await here().settled();
    const asked = (await here().stored()).filter(({ moment }) => moment === 'asked');
    assert.deepEqual(
      asked.map(({ state }) => state),
      ['outdated', 'outdated', 'sent'],
    );
    const [mail] = server().got.filter(({ to }) => to === address('mia'));
    assert.ok(mail!.text.includes(`Open: ${publicUrl}/questions/refund%2Fmail-${bench.count()}%2Fquestion-3\n`));
    assert.match(mail!.text, /Due: .*2 July 2026.*09:00 UTC/);
  });

  it('is sent once by three processes at once, while the server is slow', async () => {
    server().slowMs = 150;
    for (let n = 0; n < 10; n++) await open();
    for (let n = 0; n < 3; n++) send(server().url, { timing: { ...hurried, leaseSeconds: 30 } });
    await here().settled();
    assert.equal(server().got.length, 20);
    assert.equal(new Set(server().taken).size, 20);
  });

  it('is seen to have been under way when its process was killed, and goes out under the same name', async () => {
    await here().pool.query("update people set active = false where person = 'lea'");
    await open();
    await here().pool.query("update people set active = true where person = 'lea'");
    server().slowMs = 60_000;
    const entry = new URL('sender.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [entry, here().databaseUrl, server().url], { stdio: 'inherit' });
    await until(async () => server().taken.length === 1, 'the server has it');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    assert.deepEqual(
      (await here().stored()).map(({ state }) => state),
      ['sending'],
    );
    server().slowMs = 0;
    send(server().url);
    await here().settled();
    const [message] = await here().stored();
    assert.deepEqual([message!.state, message!.tries, message!.interrupted], ['sent', 2, 1]);
    assert.deepEqual(server().taken, [`<${message!.key}@baton.example>`, `<${message!.key}@baton.example>`]);
  });

  it('is at most so much for one person within a minute', async () => {
    for (let n = 0; n < 5; n++) await open();
    const sending = send(server().url, { timing: { ...hurried, perMinute: 2 } });
    await until(async () => server().got.length >= 4, 'two each');
    await sending.close();
    assert.equal(server().got.length, 4);
    await here().pool.query("update messages set sent_at = now() - interval '2 minutes' where state = 'sent'");
    send(server().url);
    await here().settled();
    assert.equal(server().got.length, 10);
  });
});

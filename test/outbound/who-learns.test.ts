import assert from 'node:assert/strict';
import { append } from '../../store/record.ts';
import { setClaim } from '../../store/claims.ts';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { openHandoff } from '../../store/open-handoff.ts';
import { setRoles } from '../../store/members.ts';
import { openRework } from '../../store/rework.ts';
import { setNotifications } from '../../store/notifications.ts';
import { refund } from '../../workflows/definitions.ts';
import { waitingCase } from '../api/world.ts';
import { messageWorld, type MessageWorld, whoLearns } from './message-world.ts';

const usual = {
  language: 'en',
  timeZone: 'UTC',
  digestAt: '08:00',
  queueDigest: 'hourly',
  weeklyReport: 'never',
} as const;

describe('who learns of what happens to a handoff', function () {
  this.timeout(120_000);
  let here: MessageWorld;
  let count = 0;
  before(async () => void (here = await messageWorld()));
  after(() => here.close());
  beforeEach(async () => {
    await here.handOut();
    await here.pool.query('delete from messages; delete from queue_leads; delete from notification_settings');
  });

  /** What became of one more handoff, . */
  const open = async (more: Parameters<typeof waitingCase>[2] = {}) => {
    const { id, caseId } = await waitingCase(here.pool, `who-${++count}`, more);
    return { id, caseId };
  };
  const learnt = async () => {
    await here.handOut();
    const now = whoLearns(await here.stored());
    await here.pool.query('delete from messages');
    return now.toSorted();
  };

  it('is everybody in the queue when it is opened', async () => {
    await open();
    assert.deepEqual(await learnt(), ['opened → lea', 'opened → leo']);
  });

  it('is once, however often a line is handed out', async () => {
    const { caseId } = await open();
    await here.handOut();
    await here.pool.query('insert into outbox (case_id, seq) select case_id, seq from record where case_id = $1', [
      caseId,
    ]);
    assert.deepEqual(await learnt(), ['opened → lea', 'opened → leo']);
  });

  it('is the person whom it was given to, and not their queue', async () => {
    const { caseId } = await open();
    await learnt();
    const id = `${caseId}/given-1`;
    const soon = (days: number) => new Date(Date.now() + days * 86_400_000);
    await openHandoff(here.pool, {
      ...{
        id,
        caseId,
        process: 'refund',
        name: 'review',
        owner: 'cora',
        person: 'cora',
        escalateTo: 'support-managers',
      },
      ...{ termsName: undefined, terms: undefined, packet: {}, mayAmend: [] },
      ...{ atRiskAt: soon(1), escalatesAt: soon(2), expiresAt: soon(3) },
    });
    assert.deepEqual(await learnt(), ['assigned → cora']);
    await here.turn(id);
    assert.deepEqual(await learnt(), ['at-risk → cora']);
  });

  it('is that person as they spell themselves, whom a record named in another case', async () => {
    await setRoles(here.pool, 'Nora@Example', ['customer-support']);
    const { caseId } = await open();
    await learnt();
    const soon = (days: number) => new Date(Date.now() + days * 86_400_000);
    await openHandoff(here.pool, {
      ...{ id: `${caseId}/given-1`, caseId, process: 'refund', name: 'review', owner: 'NORA@example' },
      ...{ person: 'NORA@example', escalateTo: 'support-managers', termsName: undefined, terms: undefined, packet: {} },
      ...{ mayAmend: [], atRiskAt: soon(1), escalatesAt: soon(2), expiresAt: soon(3) },
    });
    assert.deepEqual(await learnt(), ['assigned → Nora@Example']);
  });

  it('is the next queue, and who answers for the process, where nobody is behind the queue', async () => {
    const { id, caseId } = await open();
    await learnt();
    const body = { owner: 'support-leads', escalateTo: 'support-managers' };
    await append(here.pool, { caseId, type: 'handoff.unattended', key: id, actor: 'baton', body });
    await here.pool.query(
      "insert into outbox (case_id, seq) select case_id, seq from record where case_id = $1 and type = 'handoff.unattended'",
      [caseId],
    );
    const owners = (await here.pool.query('select person from members where role = $1', [refund.owner])).rows;
    const all = [...new Set(['mia', ...owners.map(({ person }) => person)])].map((one) => `unattended → ${one}`);
    assert.deepEqual(await learnt(), all.toSorted());
  });

  it('is who claimed it when it is at risk, else the queue', async () => {
    const free = await open();
    await learnt();
    await here.turn(free.id);
    assert.deepEqual(await learnt(), ['at-risk → lea', 'at-risk → leo']);
    const claimed = await open();
    await withHandoff(here.pool, claimed.id, (db, handoff) => setClaim(db, handoff!, 'lea', true));
    await learnt();
    await here.turn(claimed.id);
    assert.deepEqual(await learnt(), ['at-risk → lea']);
  });

  it('is the queue that it goes to when it is escalated, and who leads the one it leaves', async () => {
    await here.lead('support-leads', 'leo');
    const { id } = await open();
    await here.turn(id);
    await learnt();
    await here.turn(id);
    assert.deepEqual(await learnt(), ['escalated → mia', 'left-queue → leo']);
  });

  it('is who leads the queue, and who answers for the process, when it expires', async () => {
    await here.lead('support-managers', 'mia');
    const { id } = await open();
    for (let stage = 0; stage < 2; stage++) await here.turn(id);
    await learnt();
    await setRoles(here.pool, 'otto', [refund.owner]);
    await here.turn(id);
    const inOwners = (await here.pool.query('select person from members where role = $1', [refund.owner])).rows;
    const expected = [...new Set(['mia', ...inOwners.map(({ person }) => person)])].map((one) => `expired → ${one}`);
    assert.deepEqual(await learnt(), expected.toSorted());
    await setRoles(here.pool, 'otto', []);
  });

  it('is who asked for it when it is decided, and who held or commented it, but not who decided', async () => {
    const { id, caseId } = await open();
    await withHandoff(here.pool, id, (db, handoff) => setClaim(db, handoff!, 'lea', true));
    for (const actor of ['cora', 'leo'])
      await append(here.pool, { caseId, type: 'handoff.commented', key: `${id}/comment-${actor}`, actor, body: {} });
    await learnt();
    await here.decide(id, 'leo');
    assert.deepEqual(await learnt(), ['decided → cora', 'decided → lea', 'decided → rita']);
  });

  it('is nobody who asked for it and is no person: a system, a webhook, somebody whom the store does not know', async () => {
    await setRoles(here.pool, 'shop', ['system']);
    for (const requester of ['shop', 'hook:erp', 'stranger']) {
      const { id } = await open({ requester });
      await learnt();
      await here.decide(id, 'leo');
      assert.deepEqual(await learnt(), [], requester);
    }
  });

  it('is those who are asked a question, and who asked it once it is answered', async () => {
    const { id, caseId } = await open();
    await learnt();
    const line = (type: string, question: number, actor: string, body: object) =>
      append(here.pool, { caseId, type, key: `${caseId}/question-${question}`, actor, body: { handoff: id, ...body } });
    await line('handoff.asked', 1, 'leo', { to: 'requester' });
    assert.deepEqual(await learnt(), ['asked → rita']);
    await line('handoff.asked', 2, 'lea', { to: 'support-managers' });
    assert.deepEqual(await learnt(), ['asked → mia']);
    await line('handoff.answered', 2, 'mia', {});
    assert.deepEqual(await learnt(), ['answered → lea']);
    await line('handoff.asked', 3, 'lea', { to: 'support-leads' });
    assert.deepEqual(await learnt(), ['asked → leo']); // not who asks
  });

  it('is whom it is given to next', async () => {
    const { id, caseId } = await open();
    await learnt();
    await append(here.pool, {
      caseId,
      type: 'handoff.reassigned',
      key: `${id}/2`,
      actor: 'leo',
      body: { from: 'leo', to: 'lea' },
    });
    assert.deepEqual(await learnt(), ['assigned → lea']);
  });

  it('is nobody who may not answer: who asked for it, however they are spelled, or whom it is about', async () => {
    const own = await open({ requester: 'LEO' });
    assert.deepEqual(await learnt(), ['opened → lea']);
    await here.pool.query("update cases set about = '{lea}' where case_id = $1", [own.caseId]);
    await here.turn(own.id);
    assert.deepEqual(await learnt(), []);
  });

  it('is who asked for it, too, when it goes back to them', async () => {
    const { id } = await open();
    await learnt();
    await withHandoff(here.pool, id, async (db, handoff) => {
      await decide(db, handoff!, { verdict: 'returned', by: 'leo', role: 'support-leads', because: 'What for?' });
      await openRework(db, handoff!, { to: 'requester', within: '2 hours' });
    });
    assert.ok((await learnt()).includes('assigned → rita'));
  });

  it('is nobody who is gone', async () => {
    await here.pool.query("update people set active = false where person = 'lea'");
    await open();
    assert.deepEqual(await learnt(), ['opened → leo']);
    await here.pool.query("update people set active = true where person = 'lea'");
  });

  it('is at most two hundred of a queue, its leads first', async () => {
    const agents = Array.from({ length: 210 }, (_one, n) => `agent-${n}`);
    for (const agent of agents) await setRoles(here.pool, agent, ['support-leads']);
    await here.lead('support-leads', 'leo');
    await open();
    const all = await learnt();
    assert.equal(all.length, 200);
    assert.ok(all.includes('opened → leo'));
    for (const agent of agents) await setRoles(here.pool, agent, []);
  });

  it('is nobody who never wants to; and what is wanted in the digest waits for it', async () => {
    await setNotifications(here.pool, 'leo', { ...usual, mail: { opened: 'never' } });
    await setNotifications(here.pool, 'lea', { ...usual, mail: { opened: 'digest' } });
    await open();
    await here.handOut();
    assert.deepEqual(
      (await here.stored()).map(({ receiver, state }) => [receiver, state]),
      [['lea', 'held']],
    );
  });

  it('is the queue’s chat, if it has one', async () => {
    await here.pool.query(
      "insert into queue_chats (queue, kind, url, set_by) values ('support-leads', 'slack', 'https://chat.example', 'leo')",
    );
    await open();
    assert.deepEqual(await learnt(), ['opened → lea', 'opened → leo', 'opened → support-leads (chat)']);
    await here.pool.query('delete from queue_chats');
  });
});

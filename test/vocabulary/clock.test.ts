import assert from 'node:assert/strict';
import { findHandoff, withHandoff } from '../../store/handoffs.ts';
import { pauseClock, resumeClock } from '../../store/pauses.ts';
import { always } from '../api/asked.ts';
import { purchase } from './processes/definitions.ts';
import { until, vocabularyWorld, type VocabularyWorld } from './world.ts';

/** Soon over, in working time; and not while the case waits for an answer. */
const soon = { answerWithin: '0.0002 business hours', expiresAfter: '0.0004 business hours' } as const;
const { takeOver, first } = purchase.handoffs;
const hurried = {
  ...purchase,
  handoffs: {
    ...purchase.handoffs,
    takeOver: { ...takeOver, ...soon, pausesWhile: ['asked'] },
    first: { ...first, ...soon, pausesWhile: ['answer'] },
  },
};

/** A calendar by which nobody works for the next days. */
const notNow = () => {
  const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  return { ...always, hours: { [names[(new Date().getUTCDay() + 4) % 7]!]: ['09:00-17:00'] } };
};

describe('the clock of a handoff that a case waits for', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld({ purchase: hurried as typeof purchase })));
  after(() => world?.close());

  let basedOn = 0;
  const publish = async (content: object) => {
    const body = { ...content, owner: 'order-management', basedOn: basedOn++, because: 'as agreed' };
    const got = await world.api.call('PUT', '/calendars/desk', { as: 'amos', body });
    assert.equal(got.status, 200, got.text);
    const calendar = { calendar: 'desk', leads: [], because: 'x' };
    assert.equal((await world.api.call('PUT', '/queues/support-leads', { as: 'amos', body: calendar })).status, 200);
  };
  const passed = (id: string) =>
    until(async () => {
      const { expiresAt, openedAt, now } = (await findHandoff(world.pool, id))!;
      return now.getTime() > openedAt.getTime() + 2_500 && now > expiresAt!;
    }, 'its time has passed');

  it('expires by the new calendar when the one of its queue changes', async () => {
    await publish(notNow());
    const caseId = await world.begin('hands over');
    const { id, slaStage, expiresAt, now } = await world.asked(caseId, 'takeOver-1');
    assert.equal(slaStage, 'waiting');
    assert.ok(expiresAt!.getTime() - now.getTime() > 86_400_000, 'nobody works for days');
    await publish(always);
    assert.equal(await world.text(caseId), 'expired by baton');
    const types = (await world.types(caseId)).filter((type) => type.startsWith('handoff.'));
    const rest = ['at-risk', 'escalated', 'expired', 'decided'].map((stage) => `handoff.${stage}`);
    assert.deepEqual(types, ['handoff.opened', 'handoff.rescheduled', ...rest]);
    assert.equal((await findHandoff(world.pool, id))!.decision!.verdict, 'expired');
  });

  it('does not expire while it stands still, and does once it goes on', async () => {
    await publish(notNow());
    const caseId = await world.begin('hands over');
    const { id } = await world.asked(caseId, 'takeOver-1');
    await withHandoff(world.pool, id, (db, handoff) => pauseClock(db, handoff!, 'asked'));
    await publish(always);
    await world.pool.query(`update handoffs set expires_at = now() where id = $1`, [id]);
    await passed(id);
    assert.equal((await findHandoff(world.pool, id))!.slaStage, 'waiting');
    await withHandoff(world.pool, id, (db) => resumeClock(db, id, 'asked'));
    assert.equal(await world.text(caseId), 'expired by baton');
  });

  it('stands still while the case waits for an event that the contract names, and is decided meanwhile', async () => {
    await publish(always);
    const caseId = await world.begin('asks meanwhile');
    const { id } = await world.asked(caseId, 'first-1');
    await until(async () => (await findHandoff(world.pool, id))!.pausedFor.length > 0, 'it stands still');
    await passed(id);
    const { body } = await world.api.call('GET', `/handoffs/${encodeURIComponent(id)}`, { as: 'leo' });
    assert.deepEqual([body.state, body.paused.for], ['open', ['answer']]);
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.equal((await findHandoff(world.pool, id))!.decision!.verdict, 'approved');
  });
});

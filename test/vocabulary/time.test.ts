import assert from 'node:assert/strict';
import { until, vocabularyWorld, type VocabularyWorld } from './world.ts';

const day = 86_400_000;

describe('the time of a case', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const happen = async (caseId: string, what: string) => {
    const [, id] = caseId.split('/');
    const event = { specversion: '1.0', id: `${id}-${what}`, source: '/test', type: 'purchase.answer' };
    const body = { ...event, data: { id, what } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
  };
  const waits = async (caseId: string) => {
    await world.waiting(caseId);
    return (await world.find(caseId))!.waitingOn[0]!;
  };

  describe('to answer', () => {
    it('ends where the story says so, when that is before the contract’s', async () => {
      const dueBy = new Date(Date.now() + 3_600_000).toISOString();
      const caseId = await world.begin('owner by ruling', { amount: 8_000, told: dueBy });
      const { dueAt, escalatesAt } = await world.asked(caseId, 'byRuling-1');
      assert.deepEqual([dueAt.toISOString(), escalatesAt.toISOString()], [dueBy, dueBy]);
    });

    it('ends with the contract’s, when that is first', async () => {
      const dueBy = new Date(Date.now() + 30 * day).toISOString().slice(0, 10);
      const caseId = await world.begin('owner by ruling', { amount: 8_000, told: dueBy });
      const { openedAt, escalatesAt } = await world.asked(caseId, 'byRuling-1');
      assert.equal(Math.round((escalatesAt.getTime() - openedAt.getTime()) / 60_000), 240);
    });

    it('is over at once when it had passed before: the handoff is escalated, but never expired', async () => {
      const caseId = await world.begin('owner by ruling', { amount: 8_000, told: '2020-02-29' });
      const { id, openedAt, expiresAt } = await world.asked(caseId, 'byRuling-1');
      await world.escalated(id);
      assert.equal(expiresAt!.getTime() - openedAt.getTime() > 2 * day, true);
      assert.equal(await world.answer(id, 'mia'), '200');
      assert.equal(await world.text(caseId), 'by mia');
    });

    it('is an instant or a day, or the handoff is refused', async () => {
      for (const told of ['soon', '2026-02-30', '2026-13-01', '12']) {
        const caseId = await world.begin('owner by ruling', { amount: 8_000, told });
        assert.match(await world.text(caseId), /^failed: dueBy: .* is neither an instant nor a day/, told);
      }
    });
  });

  describe('to wait for an event', () => {
    it('ends at the moment that the story gives, and the owner of the event is seen while it lasts', async () => {
      const told = new Date(Date.now() + 1_500).toISOString();
      const caseId = await world.begin('waits until', { told });
      const { for: what, owner, dueAt } = await waits(caseId);
      assert.deepEqual([what, owner, new Date(dueAt!).toISOString()], ['event', 'customer-data', told]);
      const path = '/cases?owner=customer-data&stage=waiting';
      const listed = await world.api.call('GET', path, { as: 'cleo' });
      assert.ok(listed.body.cases.some((one: { caseId: string }) => one.caseId === caseId));
      await until(async () => {
        const { searchAttributes } = await world.client.workflow.getHandle(caseId).describe();
        return (searchAttributes['BatonOwner'] as string[] | undefined)?.includes('customer-data');
      }, 'it is found by its owner');
      assert.equal(await world.text(caseId), 'nothing came');
      assert.ok(Date.now() >= Date.parse(told));
    });

    it('ends with the declared time, when that is first', async () => {
      const caseId = await world.begin('waits until', { told: '2199-01-01' });
      const { dueAt } = await waits(caseId);
      const ms = new Date(dueAt!).getTime() - Date.now();
      assert.ok(ms > 3_500_000 && ms < 3_700_000);
      await happen(caseId, 'it came');
      assert.equal(await world.text(caseId), 'it came');
    });

    it('that has passed already still takes what is there', async () => {
      const id = `P-early-${Date.now()}`;
      await happen(`purchase/${id}`, 'it came early');
      assert.equal(await world.text(await world.begin('waits until', { id, told: '2020-01-01' })), 'it came early');
      assert.equal(await world.text(await world.begin('waits until', { told: '2020-01-01' })), 'nothing came');
    });

    it('is the same for whichever of several comes first', async () => {
      const told = new Date(Date.now() + 800).toISOString();
      assert.equal(await world.text(await world.begin('waits for either until', { told })), 'nothing came');
      const caseId = await world.begin('waits for either until', { told: '2199-01-01' });
      await waits(caseId);
      await happen(caseId, 'it came');
      assert.equal(await world.text(caseId), 'answer');
    });

    it('can be waited for in parts: a reminder in between, and the answer afterwards', async () => {
      const told = new Date(Date.now() + 500).toISOString();
      const caseId = await world.begin('reminds and waits on', { told });
      await until(async () => (await world.types(caseId)).includes('event.missing'), 'the reminder is due');
      await happen(caseId, 'yes');
      assert.equal(await world.text(caseId), 'reminded: yes');
    });
  });

  describe('as the story is told it', () => {
    const told = async (beside: object = {}) => {
      const caseId = await world.begin('tells the time', {}, { ...beside });
      return { caseId, ...(JSON.parse(await world.text(caseId)) as Record<string, string>) } as Record<string, string>;
    };

    it('is the real one, unless the case was given a clock', async () => {
      const { caseId, openedAt, then, day: today } = await told();
      assert.match(caseId!, /^purchase\//);
      const stored = (await world.find(caseId!))!.openedAt.toISOString();
      assert.equal(openedAt, stored);
      assert.ok(then! >= openedAt!);
      assert.ok(Math.abs(Date.parse(then!) - Date.now()) < 20_000);
      assert.equal(today, then!.slice(0, 10));
    });

    it('is the case’s own, where its event was of another day', async () => {
      const asOf = '2025-03-31T23:00:00.000Z';
      const { openedAt, then, day: today, later } = await told({ asOf });
      assert.ok(Math.abs(Date.parse(openedAt!) - Date.parse(asOf)) < 20_000, openedAt);
      assert.ok(then! >= openedAt! && later! >= then!);
      assert.equal(today, '2025-03-31');
    });

    it('is what handoffs and waits go by', async () => {
      const asOf = '2025-03-31T12:00:00.000Z';
      const given = { amount: 8_000, told: '2025-03-31T13:00:00Z' };
      const handoff = await world.asked(await world.begin('owner by ruling', given, { asOf }), 'byRuling-1');
      assert.equal(handoff.dueAt.toISOString(), '2025-03-31T13:00:00.000Z');
      const { dueAt } = await waits(await world.begin('waits until', { told: '2025-03-31T12:30:00Z' }, { asOf }));
      assert.equal(new Date(dueAt!).toISOString(), '2025-03-31T12:30:00.000Z');
    });
  });
});

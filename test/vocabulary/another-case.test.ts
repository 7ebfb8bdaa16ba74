import assert from 'node:assert/strict';
import { until, vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a case that opens another', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const openedBy = async (caseId: string) => `parcel/${caseId.split('/')[1]}-p`;
  const open = async (caseId: string) => {
    const opened = await openedBy(caseId);
    await until(() => world.find(opened), `${opened} is opened`);
    return opened;
  };
  const tasks = async (caseId: string) =>
    (await world.pool.query(`select name as kind, owner from handoffs where case_id = $1 and kind = 'task'`, [caseId]))
      .rows;

  it('hears how that one ended, and both are asked for by the same person', async () => {
    const caseId = await world.begin('opens another case', { told: 'is sent' }, { requestedBy: 'ida' });
    const opened = await openedBy(caseId);
    const result = JSON.stringify({ note: 'left at the door' });
    assert.equal(await world.text(caseId), `${opened}: delivered ${result}`);
    const found = (await world.find(opened))!;
    assert.deepEqual([found.requester, found.openedBy], ['ida', `${caseId}/openParcel-1`]);
    assert.deepEqual(await world.written(opened), ['ledger.postCreditNote']);
    assert.ok(!(await world.journal()).some(({ operation }) => operation.startsWith('cases.')));
    const received = await world.bodies(caseId, 'event.received');
    assert.equal(received[0].data.outcome, 'delivered');
  });

  it('hears it also when that one was cancelled', async () => {
    const caseId = await world.begin('opens another case', { told: 'is held' });
    const opened = await open(caseId);
    await world.asked(opened, 'release-1');
    await world.client.workflow.getHandle(opened).cancel();
    assert.match(await world.text(caseId), /: cancelled /);
  });

  it('hears it also when the workflow of that one was terminated', async () => {
    const caseId = await world.begin('opens another case', { told: 'is held' });
    const opened = await open(caseId);
    const { id } = await world.asked(opened, 'release-1');
    await world.client.workflow.getHandle(opened).terminate();
    assert.match(await world.answer(id, 'otto'), /409/);
    assert.match(await world.text(caseId), /: terminated /);
  });

  it('gives it its own clock', async () => {
    const asOf = '2025-03-31T12:00:00.000Z';
    const caseId = await world.begin('opens another case', { told: 'is lost' }, { asOf });
    assert.match(await world.text(caseId), /: lost /);
    const { openedAt, clockOffsetMs } = (await world.find(await openedBy(caseId)))!;
    assert.equal(new Date(openedAt.getTime() + clockOffsetMs).toISOString().slice(0, 10), '2025-03-31');
  });

  it('cancels it while it is open, once, and waits until it is taken back', async () => {
    const caseId = await world.begin('opens another case and takes it back', { told: 'is held' });
    assert.equal(await world.text(caseId), await openedBy(caseId));
    const opened = (await world.find(await openedBy(caseId)))!;
    assert.equal(opened.outcome, 'cancelled');
    const { rows } = await world.pool.query('select state from actions where case_id = $1', [caseId]);
    assert.deepEqual(rows, [{ state: 'compensated' }]);
    const asked = (await world.record(opened.caseId)).filter(({ type }) => type === 'case.cancellation-requested');
    assert.equal(asked.length, 1);
    const signals = await world.pool.query('select 1 from signals where case_id = $1', [opened.caseId]);
    assert.ok(signals.rows.length <= 1, 'none where it had not begun');
    assert.deepEqual(await tasks(caseId), []);
  });

  it('leaves it to that process’s owner where it has concluded and what it wrote stands', async () => {
    const caseId = await world.begin('opens another case and takes it back', { told: 'is sent' });
    assert.equal(await world.text(caseId), await openedBy(caseId));
    assert.equal((await world.find(await openedBy(caseId)))!.outcome, 'delivered');
    assert.deepEqual(await tasks(caseId), [{ kind: 'undo-failed', owner: 'order-management' }]);
  });

  for (const [what, state, expected] of [
    ['could not be taken back', 'done', [{ kind: 'undo-failed', owner: 'order-management' }]],
    ['cannot be taken back', 'kept', []],
  ] as const)
    it(`does not say that all is taken back while something ${what} of what that one wrote`, async () => {
      const caseId = await world.begin('opens another case', { told: 'is held' });
      const opened = await open(caseId);
      await world.asked(opened, 'release-1');
      await world.pool.query(
        `insert into actions (key, case_id, process, action, operation, input, input_digest, approval, state, result)
         values ($1 || '/credit-1', $1, 'parcel', 'credit', 'ledger.postCreditNote', '{}', '', $1, $2, '{"creditNoteId":"CN-1"}')`,
        [opened, state],
      );
      await world.fault({ operation: 'ledger.reverseCreditNote', mode: 'refuse' });
      await world.client.workflow.getHandle(caseId).cancel();
      await world.closed(caseId);
      await world.mend();
      assert.equal((await world.find(opened))!.rollback, 'partial');
      assert.equal((await world.find(caseId))!.rollback, 'partial');
      assert.deepEqual(await tasks(caseId), expected);
    });

  it('does not take over one that somebody else has opened', async () => {
    const id = `P-other-${Date.now()}`;
    const parcel = { parcelId: `${id}-p`, story: 'is lost', orderId: 'O-1', amount: 2_000, currency: 'EUR' };
    const headers = { 'idempotency-key': id };
    const got = await world.api.call('POST', '/processes/parcel/cases', { as: 'storefront', body: parcel, headers });
    assert.equal(got.status, 202);
    const caseId = await world.begin('opens another case', { id, told: 'is lost' });
    assert.match(await world.text(caseId), /^failed: case-exists/);
  });

  it('believes nobody outside who says that it ended', async () => {
    const caseId = await world.begin('opens another case', { told: 'is held' });
    const opened = await open(caseId);
    const event = { specversion: '1.0', id: `${opened}/concluded`, source: 'cases', type: 'purchase.concluded' };
    const body = { ...event, data: { caseId: opened, outcome: 'delivered', result: {} } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    const got = await world.api.call('POST', '/events', { as: 'storefront', body, headers });
    assert.deepEqual([got.status, got.body.code], [422, 'unknown-event']);
    await world.client.workflow
      .getHandle(caseId)
      .signal('received', { awaitedId: `${caseId}/concluded-1`, id: '', type: '' });
    assert.equal((await world.find(caseId))!.closedAt, null);
    assert.equal(await world.answer((await world.asked(opened, 'release-1')).id, 'otto'), '200');
    assert.match(await world.text(caseId), /: delivered /);
  });
});

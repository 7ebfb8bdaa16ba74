import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { receivedSignal } from '../../core/run/messages.ts';
import { digest } from '../../store/digest.ts';
import { keepEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { firstBroken } from '../../store/record.ts';
import * as declared from '../../workflows/definitions.ts';
import { createWorld, ending, type World } from '../world.ts';
import { goodRequest, largeRequest, records } from './refund-request.ts';

describe('a refund', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const run = async (request: Record<string, unknown>) => {
    const handle = await world.start('refund', request);
    return { handle, caseId: handle.workflowId };
  };
  const operations = async () => (await world.journal()).map(({ operation }) => operation);

  it('that is small and sure is paid at once, and all of it is on the record', async () => {
    const { handle, caseId } = await run(goodRequest());
    const { outcome, result } = await ending(handle);
    assert.equal(outcome, 'refunded');
    assert.equal((result as { amount: number }).amount, 4_900);
    assert.deepEqual(await operations(), [
      'ledger.postCreditNote',
      'orders.requestReturn',
      'payments.refund',
      'tickets.reply',
    ]);
    assert.deepEqual((await world.find(caseId))!.impact, { refunded: 4_900 });
    const lines = await world.record(caseId);
    assert.equal(firstBroken(lines), undefined);
    assert.deepEqual(
      lines.map(({ type }) => type),
      [
        'case.opened',
        'context.assembled',
        'inference.answered',
        'policy.ruled',
        ...['action.intended', 'action.done', 'action.intended', 'action.done'],
        ...['action.intended', 'action.done', 'action.intended', 'action.done'],
        'case.closed',
      ],
    );
    const { events = [] } = await handle.fetchHistory();
    assert.ok(events!.length <= 20, `${events!.length} events`);
  });

  it('that is large is paid once a person approved it', async () => {
    const { handle, caseId } = await run(largeRequest());
    const handoff = await world.waiting(caseId);
    assert.equal(handoff?.owner, 'support-leads');
    assert.deepEqual(await operations(), []);
    await world.decide(handoff!.id, { verdict: 'approved' });
    assert.equal((await ending(handle)).outcome, 'refunded');
    assert.equal((await operations()).length, 4);
  });

  it('that a person refuses is declined, and nothing is written', async () => {
    const { handle, caseId } = await run(largeRequest());
    const handoff = await world.waiting(caseId);
    await world.decide(handoff!.id, { verdict: 'rejected', because: 'worn' });
    assert.deepEqual(await ending(handle), { outcome: 'declined', result: { because: 'worn' } });
    assert.deepEqual(await operations(), []);
  });

  it('that the rules refuse is declined by the rule', async () => {
    const wishes = [{ action: 'return', orderId: 'O-4', itemIds: ['O-4-1'], refundTo: 'card-1' }];
    const { handle } = await run(goodRequest({ wishes }));
    assert.deepEqual(await ending(handle), { outcome: 'declined', result: { because: 'not-delivered' } });
  });

  it('whose second write fails for good is taken back, fails, and the record tells it in order', async () => {
    await world.fault({ operation: 'orders.requestReturn', mode: 'refuse', times: 1 });
    const { handle, caseId } = await run(goodRequest());
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.deepEqual(await operations(), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
    assert.equal((await world.find(caseId))?.outcome, 'failed');
    const types = (await world.record(caseId)).map(({ type }) => type);
    assert.deepEqual(types.slice(4), [
      ...['action.intended', 'action.done', 'action.intended', 'action.refused'],
      ...['compensation.started', 'action.compensated', 'case.closed'],
    ]);
  });

  it('whose write was applied but not answered is applied once, by its key', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'lose-reply', times: 1 });
    const { handle } = await run(goodRequest());
    assert.equal((await ending(handle)).outcome, 'refunded');
    assert.equal((await operations()).filter((operation) => operation === 'payments.refund').length, 1);
  });

  it('whose message to the customer fails is paid all the same, and somebody has the task', async () => {
    await world.fault({ operation: 'tickets.reply', mode: 'refuse', times: 1 });
    const { handle, caseId } = await run(goodRequest());
    assert.equal((await ending(handle)).outcome, 'refunded');
    assert.ok((await world.record(caseId)).some(({ key }) => key.endsWith('/message-failed')));
  });
});

describe('a refund that the customer confirms late', () => {
  let world: World;
  before(async () => {
    const { context } = declared.refund;
    const orders = { ...context.orders, maxAge: '0.03 minutes' as const };
    const definition: ProcessDefinition = { ...declared.refund, context: { ...context, orders } };
    world = await createWorld({ definitions: { refund: definition } });
    await world.seed(records);
  });
  after(() => world?.close());

  it('is ruled on by what the records say then', async () => {
    const request = goodRequest({ confirmed: false });
    const handle = await world.start('refund', request);
    await world.waiting(handle.workflowId);
    await new Promise((resolve) => setTimeout(resolve, 2_000)); // what was read before is out of date now
    const { requestId } = request;
    const event = { source: 'shop', sourceId: requestId, process: 'refund', name: 'confirmation' };
    const kept = { ...event, correlation: digest({ requestId }), data: { answer: 'yes' } };
    const { awaited } = await transaction(world.pool, (db) => keepEvent(db, kept));
    await handle.signal(receivedSignal, { awaitedId: awaited[0]!.key, id: '', type: '' });
    assert.equal((await ending(handle)).outcome, 'refunded');
    const read = (await world.record(handle.workflowId)).filter(({ type }) => type === 'context.assembled');
    assert.equal(read.length, 2);
  });
});

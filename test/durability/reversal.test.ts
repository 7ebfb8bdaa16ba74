import assert from 'node:assert/strict';
import { openTask } from '../../store/tasks.ts';
import { startWorkflow } from '../../temporal/start-case.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { type ReversalWorld, reversalWorld } from './reversal-world.ts';

describe('the reversal of a closed case', function () {
  this.timeout(120_000);
  let world: ReversalWorld;
  before(async () => void (world = await reversalWorld()));
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const cancels = { wishes: [{ action: 'cancel', orderId: 'O-2', reason: 'no longer needed' }] };
  const paid = async (more: object = {}) => {
    const request = goodRequest(more);
    const caseId = await world.starts(request, request.requestId);
    assert.equal((await world.closed(caseId)).outcome, 'refunded');
    return caseId;
  };
  const creditNoteOf = async (caseId: string) => {
    const { rows } = await world.pool.query(
      `select result->>'creditNoteId' as id from actions where case_id = $1 and action = 'postCreditNote'`,
      [caseId],
    );
    return rows[0].id as string;
  };
  /** As if this were in what the action of this case wrote. */
  const writes = (caseId: string, action: string, input: object) =>
    world.pool.query(`update actions set input = input::jsonb || $3::jsonb where case_id = $1 and action = $2`, [
      caseId,
      action,
      JSON.stringify(input),
    ]);
  /** A later case that waits for a person, and whose request names this order. */
  const laterCase = async (orderId: string) => {
    const request = goodRequest({ wishes: [{ action: 'other', orderId }] });
    const caseId = await world.starts(request, request.requestId);
    await world.asksOf(caseId, 'support-leads');
    return caseId;
  };
  const refused = async (asked: ReturnType<ReversalWorld['asks']>) => {
    const { status, body } = await asked;
    return [status, body.code];
  };

  it('takes its writes back newest first once an owner approved exactly them, and says so on both records', async () => {
    const held = await world.held();
    const caseId = await paid();
    const reversal = await world.opens(caseId);
    const { terms, packet, owner } = await world.answers(reversal, 'customer-support');
    assert.equal(owner, 'customer-support');
    const { outcome, result } = (await world.closed(reversal)) as { outcome: string | null; result: any };
    assert.equal(outcome, 'reversed');
    const took = (terms as { writes: { key: string }[] }).writes.map(({ key }) => key);
    assert.deepEqual(result.compensated, took);
    assert.deepEqual(result.kept, (packet as { kept: unknown }).kept);
    assert.match(result.kept[0].because, /^irreversible: a message that was read cannot be unread/);
    assert.deepEqual(
      (await world.journalOf(caseId)).slice(4).map(({ operation }) => operation),
      ['payments.cancelRefund', 'orders.voidReturn', 'ledger.reverseCreditNote'],
    );
    const { tickets: _, ...others } = await world.held();
    const { tickets: _before, ...before } = held;
    assert.deepEqual(others, before);
    assert.deepEqual((await world.lines(caseId, 'case.reversal-requested'))[0].reversal, reversal);
    const undone = await world.lines(caseId, 'action.compensated');
    assert.deepEqual(
      undone.map(({ because }) => because),
      Array(3).fill(`${reversal}: it was a mistake`),
    );
    assert.equal((await world.find(caseId))!.outcome, 'refunded');
  });

  it('works when Temporal has long forgotten the case', async () => {
    const caseId = await paid();
    await world.forget(caseId);
    assert.equal((await world.reverses(caseId)).outcome, 'reversed');
    assert.deepEqual(await world.keys(caseId, 'done').then((keys) => keys.map((key) => key.split('/')[2])), [
      'tellCustomer-1',
    ]);
  });

  it('asked for twice is one reversal, and what was taken back is not taken back again', async () => {
    const caseId = await paid();
    const [one, two] = await Promise.all([world.opens(caseId), world.opens(caseId)]);
    assert.equal(one, two);
    await world.answers(one, 'customer-support');
    await world.closed(one);
    assert.deepEqual(await refused(world.asks(caseId)), [409, 'not-reversible']);
    const [key] = await world.keys(caseId, 'compensated');
    assert.deepEqual(await refused(world.asks(caseId, { actions: [key] })), [409, 'nothing-to-reverse']);
    assert.equal((await world.journalOf(caseId)).length, 7);
  });

  it('takes back only what is asked for, and the rest later', async () => {
    const caseId = await paid();
    const [, payment] = await world.keys(caseId, 'done');
    const reversal = await world.opens(caseId, { actions: [payment] });
    assert.equal(await world.opens(caseId, { actions: [payment] }), reversal);
    const other = await world.asks(caseId);
    assert.deepEqual([other.status, other.body.code], [409, 'reversal-under-way']);
    assert.ok(other.body.detail.includes(reversal));
    await world.answers(reversal, 'customer-support');
    assert.deepEqual(((await world.closed(reversal)).result as any).compensated, [payment]);
    assert.equal(((await world.reverses(caseId)).result as any).compensated.length, 2);
  });

  it('is not approved by who asked for it, nor by a stranger, and a refusal takes nothing back', async () => {
    const caseId = await paid();
    const { caseId: reversal } = await world.ok(world.asks(caseId, {}, 'svea'), 202);
    const own = await world.tries(reversal, 'customer-support', 'approved', {}, 'svea');
    assert.deepEqual([own.status, own.body.code], [403, 'four-eyes']);
    const stranger = await world.tries(reversal, 'customer-support', 'approved', {}, 'leo');
    assert.deepEqual([stranger.status, stranger.body.code], [404, 'not-found']);
    await world.cancel(reversal);
    const second = await world.opens(caseId);
    await world.answers(second, 'customer-support', 'rejected');
    assert.equal((await world.closed(second)).outcome, 'refused');
    assert.equal((await world.journalOf(caseId)).length, 4);
  });

  it('is asked for by an administrator or the queue that owns the process, of a closed case alone', async () => {
    const caseId = await paid();
    for (const person of ['leo', 'rita', 'otto', 'ada'])
      assert.deepEqual(await refused(world.asks(caseId, {}, person)), [403, 'role-missing'], person);
    const open = await laterCase('O-1');
    assert.deepEqual(await refused(world.asks(open)), [409, 'case-open']);
    await world.cancel(open);
    assert.deepEqual(await refused(world.asks(open)), [409, 'nothing-to-reverse']);
  });

  it('names the write that is none of the case, and says why one cannot be taken back', async () => {
    const [caseId, other] = [await paid(), `refund/nobody/payCustomer-1`];
    const unknown = await world.asks(caseId, { actions: [other] });
    assert.deepEqual([unknown.status, unknown.body.code], [422, 'request-invalid']);
    assert.equal(unknown.body.errors[0].field, '/actions/0');
    const [message] = await world.keys(caseId, 'done');
    const told = await world.asks(caseId, { actions: [message] });
    assert.deepEqual([told.status, told.body.code], [409, 'not-reversible']);
    assert.match(told.body.errors[0].message, /a correction is a new message/);
  });

  it('keeps what a later case relies on, and names that case, until it is gone', async () => {
    const caseId = await paid();
    const later = await laterCase(await creditNoteOf(caseId));
    const note = (await world.keys(caseId, 'done')).find((key) => key.includes('postCreditNote'))!;
    const got = await world.asks(caseId, { actions: [note] });
    assert.deepEqual([got.status, got.body.code], [409, 'not-reversible']);
    assert.ok(got.body.errors[0].message.startsWith(later));
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.equal(outcome, 'reversed');
    assert.ok(result.kept.some((one: any) => one.key === note && one.because.startsWith(later)));
    await world.cancel(later);
    assert.deepEqual(((await world.reverses(caseId)).result as any).compensated, [note]);
  });

  it('is not kept by what its requester says in a later case, open or closed', async () => {
    const caseId = await paid();
    const id = await creditNoteOf(caseId);
    const later = await paid({ ...cancels, requestId: id, message: id });
    await writes(later, 'cancelOrder', { reason: id });
    const asking = goodRequest({ wishes: [{ action: 'other', orderId: 'O-1' }], message: id });
    const open = await world.starts(asking, asking.requestId);
    await world.asksOf(open, 'support-leads');
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.deepEqual([outcome, result.compensated.length], ['reversed', 3]);
    await world.cancel(open);
  });

  it('keeps what a closed later case relies on in a write that can be taken back, until that case is reversed', async () => {
    const caseId = await paid();
    const id = await creditNoteOf(caseId);
    const later = await paid(cancels);
    const note = (await world.keys(caseId, 'done')).find((key) => key.includes('postCreditNote'))!;
    await writes(later, 'payCustomer', { paymentMethodId: id });
    const got = await world.asks(caseId, { actions: [note] });
    assert.deepEqual([got.status, got.body.code], [409, 'not-reversible']);
    const because = `${later}, which came later, relies on it: reverse that case first`;
    assert.deepEqual(got.body.errors, [{ field: note, message: because }]);
    const payment = (await world.keys(later, 'done')).find((key) => key.includes('payCustomer'))!;
    await world.reverses(later, { actions: [payment] });
    assert.deepEqual(((await world.reverses(caseId, { actions: [note] })).result as any).compensated, [note]);
  });

  it('names a later case only to who may see it', async () => {
    const caseId = await paid();
    const id = await creditNoteOf(caseId);
    await world.pool.query(
      `insert into cases (case_id, process, business_key, run_id, request, requester)
       values ($1, 'payable-exception', $1, 'run', json_build_object('supplier', json_build_object('vatId', $2::text)), 'pavel')`,
      [`payable-exception/${id}`, id],
    );
    const note = (await world.keys(caseId, 'done')).find((key) => key.includes('postCreditNote'))!;
    const whyFor = async (as: string) =>
      (await world.asks(caseId, { actions: [note] }, as)).body.errors[0].message as string;
    const why = 'relies on it and is open: wait for its end, or have it cancelled';
    assert.equal(await whyFor('amos'), `payable-exception/${id}, which came later, ${why}`);
    assert.equal(await whyFor('svea'), `a later case of another process ${why}`);
    const reversal = await world.opens(caseId);
    const { packet } = await world.asksOf(reversal, 'customer-support');
    assert.ok(!JSON.stringify(packet).includes('payable-exception'));
    assert.ok(JSON.stringify(packet).includes('a later case of another process relies on it'));
    await world.cancel(reversal);
    await world.pool.query('delete from cases where case_id = $1', [`payable-exception/${id}`]);
  });

  it('keeps what a later case came to rely on while the approval was waited for', async () => {
    const caseId = await paid();
    const reversal = await world.opens(caseId);
    await world.asksOf(reversal, 'customer-support');
    const later = await laterCase(await creditNoteOf(caseId));
    await world.answers(reversal, 'customer-support');
    const { outcome, result } = (await world.closed(reversal)) as any;
    assert.equal(outcome, 'partly-reversed');
    assert.ok(result.kept.some((one: any) => one.because.startsWith(later)));
    await world.cancel(later);
  });

  it('waits for a system that is down, and leaves to its owner what the system refuses', async () => {
    const caseId = await paid();
    await world.fault({ operation: 'payments.cancelRefund', mode: 'unavailable', times: 2 });
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse' });
    const { outcome, result } = (await world.reverses(caseId)) as any;
    await world.mend();
    assert.equal(outcome, 'partly-reversed');
    assert.equal(result.compensated.length, 2);
    const { rows } = await world.pool.query(
      `select name as kind, owner from handoffs where kind = 'task' and case_id = $1`,
      [caseId],
    );
    assert.deepEqual(rows, [{ kind: 'undo-failed', owner: 'order-management' }]);
  });

  it('is listed for the queue that its request names, and for nobody else in a queue', async () => {
    const caseId = await paid();
    const reversal = await world.opens(caseId);
    await world.asksOf(reversal, 'customer-support');
    const listed = async (as: string, query: string) => {
      const { cases } = await world.ok(world.api.call('GET', `/cases?process=reversal&limit=200${query}`, { as }), 200);
      return (cases as { caseId: string }[]).some((one) => one.caseId === reversal);
    };
    for (const query of ['', '&owner=customer-support', '&stage=waiting']) {
      assert.deepEqual([query, await listed('svea', query)], [query, true]);
      assert.deepEqual([query, await listed('leo', query)], [query, false]);
    }
    await world.cancel(reversal);
    assert.equal(await listed('svea', '&outcome=cancelled'), true);
  });

  const tasksOf = async (caseId: string) =>
    (
      await world.pool.query(
        `select h.id, h.name as kind, h.state, h.step_key as key from handoffs h
         where h.case_id = $1 and h.kind = 'task' order by opened_at, id`,
        [caseId],
      )
    ).rows as { id: string; kind: string; state: string; key: string }[];
  const completes = (id: string, found: string) =>
    world.api.call('POST', `/handoffs/${encodeURIComponent(id)}/completion`, {
      as: 'otto',
      body: { found, because: 'looked' },
    });
  /** A case whose return the order system refused to take back. */
  const stuckReturn = async () => {
    const caseId = await paid();
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse', times: 1 });
    await world.reverses(caseId);
    const [task] = await tasksOf(caseId);
    assert.deepEqual([task?.kind, task?.state], ['undo-failed', 'open']);
    return { caseId, task: task!.id, key: task!.key };
  };

  it('names what is a task of somebody, and takes it back once they said that it stands', async () => {
    const { caseId, task, key } = await stuckReturn();
    const told = await world.asks(caseId, { actions: [key] });
    assert.deepEqual([told.status, told.body.code], [409, 'not-reversible']);
    assert.equal(told.body.errors[0].message, `it could not be taken back before: complete its task ${task} first`);
    assert.equal((await completes(task, 'stands')).status, 200);
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.deepEqual([outcome, result.compensated], ['reversed', [key]]);
    assert.deepEqual(await world.keys(caseId, 'kept'), []);
  });

  it('is a task again where what was found to stand cannot be taken back either', async () => {
    const { caseId, task, key } = await stuckReturn();
    await completes(task, 'stands');
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse' });
    assert.equal((await world.reverses(caseId)).outcome, 'partly-reversed');
    await world.mend();
    assert.deepEqual(await world.keys(caseId, 'stuck'), [key]);
    const again = (await tasksOf(caseId)).find(({ state }) => state === 'open')!;
    assert.equal(again.id, `${task}/2`);
    assert.equal((await completes(again.id, 'undone')).status, 200);
    assert.deepEqual(await world.keys(caseId, 'compensated').then((keys) => keys.length), 3);
  });

  it('withdraws the tasks about what it took back, and the record says so', async () => {
    const caseId = await paid();
    const key = (await world.keys(caseId, 'done')).find((one) => one.includes('requestReturn'))!;
    for (const kind of ['terminated', 'undo-failed', 'reconciliation'] as const)
      await openTask(world.pool, {
        ...{ caseId, key, kind, owner: 'order-management', escalateTo: 'customer-support' },
        ...{ because: 'it ended elsewhere', detail: {} },
      });
    const reversal = await world.opens(caseId);
    await world.answers(reversal, 'customer-support');
    await world.closed(reversal);
    const states = (await tasksOf(caseId)).map(({ kind, state }) => [kind, state]).sort();
    assert.deepEqual(states, [
      ['reconciliation', 'open'],
      ['terminated', 'withdrawn'],
      ['undo-failed', 'withdrawn'],
    ]);
    const because = `It is compensated: ${reversal}: it was a mistake`;
    assert.deepEqual(await world.lines(caseId, 'handoff.withdrawn'), [{ because }, { because }]);
    const late = await completes(`${key}/terminated`, 'stands');
    assert.deepEqual([late.status, late.body.code], [409, 'handoff-closed']);
  });

  it('leaves no second task about what a person undid', async () => {
    const { caseId, task, key } = await stuckReturn();
    const other = {
      caseId,
      key,
      kind: 'terminated',
      owner: 'order-management',
      escalateTo: 'customer-support',
    } as const;
    await openTask(world.pool, { ...other, because: 'it ended elsewhere', detail: {} });
    assert.equal((await completes(task, 'undone')).status, 200);
    assert.deepEqual((await tasksOf(caseId)).map(({ state }) => state).sort(), ['completed', 'withdrawn']);
  });

  it('is opened by its own call alone: no request, no event, no Temporal client opens one', async () => {
    const caseId = await paid();
    const request = {
      reversalId: 'forged',
      caseId,
      owner: 'support-leads',
      about: [],
      actions: await world.keys(caseId, 'done'),
      because: '',
    };
    const headers = { 'idempotency-key': 'forged' };
    const asked = await world.api.call('POST', '/processes/reversal/cases', {
      as: 'storefront',
      body: request,
      headers,
    });
    assert.deepEqual([asked.status, asked.body.code], [403, 'role-missing']);
    const event = { specversion: '1.0', id: '1', source: 'portal', type: 'reversal.requested', data: request };
    const type = { 'content-type': 'application/cloudevents+json' };
    const sent = await world.api.call('POST', '/events', { as: 'storefront', body: event, headers: type });
    assert.deepEqual([sent.status, sent.body.code], [422, 'unknown-event']);
    const { taskQueue, client, definitions } = world;
    await startWorkflow(client, definitions['reversal']!, request, { taskQueue, requestedBy: 'amos' });
    await assert.rejects(client.workflow.getHandle('reversal/forged').result());
    assert.equal(await world.find('reversal/forged'), undefined);
    assert.equal((await world.journalOf(caseId)).length, 4);
  });
});

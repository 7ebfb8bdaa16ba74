import assert from 'node:assert/strict';
import { records } from '../workflows/refund-request.ts';
import { type ReversalWorld, reversalWorld } from './reversal-world.ts';

describe('a reversal of what a later case may rely on', function () {
  this.timeout(120_000);
  let world: ReversalWorld;
  before(async () => void (world = await reversalWorld()));
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const cancels = { wishes: [{ action: 'cancel', orderId: 'O-2', reason: 'no longer needed' }] };
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
  const laterCase = (orderId: string) => world.waitingCase({ wishes: [{ action: 'other', orderId }] });

  it('keeps what a later case relies on, and names that case, until it is gone', async () => {
    const caseId = await world.paid();
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
    const caseId = await world.paid();
    const id = await creditNoteOf(caseId);
    const later = await world.paid({ ...cancels, requestId: id, message: id });
    await writes(later, 'cancelOrder', { reason: id });
    const open = await world.waitingCase({ wishes: [{ action: 'other', orderId: 'O-1' }], message: id });
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.deepEqual([outcome, result.compensated.length], ['reversed', 3]);
    await world.cancel(open);
  });

  it('keeps what a closed later case relies on in a write that can be taken back, until that case is reversed', async () => {
    const caseId = await world.paid();
    const id = await creditNoteOf(caseId);
    const later = await world.paid(cancels);
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
    const caseId = await world.paid();
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
    const caseId = await world.paid();
    const reversal = await world.opens(caseId);
    await world.asksOf(reversal, 'customer-support');
    const later = await laterCase(await creditNoteOf(caseId));
    await world.answers(reversal, 'customer-support');
    const { outcome, result } = (await world.closed(reversal)) as any;
    assert.equal(outcome, 'partly-reversed');
    assert.ok(result.kept.some((one: any) => one.because.startsWith(later)));
    await world.cancel(later);
  });
});

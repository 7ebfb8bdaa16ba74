import assert from 'node:assert/strict';
import { invoice, lines, request, withLine } from './payable-exception/good-invoice.ts';
import { codes, payablesWorld, type PayablesWorld } from './payable-exception/world.ts';

/** A price beyond tolerance, and an amount in the band of the managers. */
const tooDear = (more: object = {}) => invoice(withLine('1', { unitPrice: '9' }), more);

describe('an invoice that is refused', function () {
  this.timeout(120_000);
  let world: PayablesWorld;
  before(async () => void (world = await payablesWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.behave();
    await world.seed();
  });

  it('is answered with what a person wrote, and asks for a credit note', async () => {
    const caseId = await world.begin(request(tooDear()));
    const [held] = await world.asked(caseId);
    assert.match(held!.packet.draft, /B-2026-17/);
    await world.answer(held!, 'paul', { verdict: 'rejected', because: 'not the agreed price' });
    const reply = await world.next(caseId, held!);
    assert.deepEqual([reply.name, reply.owner], ['reply', 'procurement']);
    assert.equal(reply.terms.message, held!.packet.draft);
    const message = 'Invoice B-2026-17: please credit the difference to 2.50 each.';
    assert.equal(await world.answer(reply, 'paul', { amend: { message } }), '200');
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, codes(result)], ['credit-requested', ['RE', 'PRI', 'CNP']]);
    assert.equal((await world.responses()).at(-1)!['message'], message);
    assert.equal((await world.held()).blocks?.length, 1);
  });

  it('on which a model was unsure is answered only in the words of a person', async () => {
    await world.misbehave({ mode: 'unsure' });
    const caseId = await world.begin(request(tooDear()));
    const [held] = await world.asked(caseId);
    assert.deepEqual(held!.hidden, ['named', 'summary', 'draft']);
    assert.equal(held!.packet.draft, undefined);
    await world.answer(held!, 'paul', { verdict: 'rejected', because: 'no' });
    const reply = await world.next(caseId, held!);
    assert.equal(await world.answer(reply, 'paul'), '422 amendment-required');
    await world.cancel(caseId);
  });

  it('in words that the rules refuse comes back to its owner with the reason, until they are put right', async () => {
    const caseId = await world.begin(request(tooDear()));
    const [held] = await world.asked(caseId);
    await world.answer(held!, 'paul', { verdict: 'rejected', because: 'not the agreed price' });
    const drafted = await world.next(caseId, held!);
    assert.equal(drafted.packet.refusedWording, '');
    let reply = drafted;
    for (const [message, rule] of [
      ['Invoice B-2026-17: see https://prices.example.', 'link-or-address'],
      ['Invoice B-2026-17: write to paul@prices.example.', 'link-or-address'],
      ['Please credit the difference.', 'invoice-not-named'],
      ['Invoice B-2026-170: please credit the difference.', 'invoice-not-named'],
      [`Invoice B-2026-17: please credit it.${' No.'.repeat(500)}`, 'too-long'],
    ]) {
      assert.equal(await world.answer(reply, 'paul', { amend: { message } }), '200');
      reply = await world.next(caseId, reply);
      assert.deepEqual([reply.packet.refusedWording, reply.terms.message], [rule, drafted.terms.message]);
    }
    assert.equal((await world.responses()).length, 1);
    const message = 'Please credit the difference on invoice B-2026-17.';
    assert.equal(await world.answer(reply, 'paul', { amend: { message } }), '200');
    assert.equal((await world.closed(caseId)).outcome, 'credit-requested');
    assert.equal((await world.responses()).at(-1)!['message'], message);
  });

  it('is answered in fixed words where what a model drafted carries a link of the sender', async () => {
    const linked = { ...lines[0]!, lineNo: '3', poLineNo: null, description: 'Now billed at https://pay.evil.example' };
    const caseId = await world.begin(request(invoice([...lines, linked])));
    const [held] = await world.asked(caseId);
    assert.match(held!.packet.draft, /evil/);
    await world.answer(held!, 'paul', { verdict: 'rejected', because: 'nobody ordered it' });
    const reply = await world.next(caseId, held!);
    assert.deepEqual(
      [reply.packet.refusedWording, reply.terms.message],
      ['link-or-address', 'We cannot accept your invoice B-2026-17.'],
    );
    await world.cancel(caseId);
  });

  it('under a number that is a link is answered by nobody, and its number not repeated', async () => {
    const caseId = await world.begin(request(tooDear({ invoiceNumber: 'https://pay.evil.example' })));
    const [held] = await world.asked(caseId);
    await world.answer(held!, 'paul', { verdict: 'rejected', because: 'no invoice of theirs' });
    const { outcome, result } = await world.closed(caseId);
    assert.deepEqual([outcome, (result as { because: string }).because], ['rejected', 'no invoice of theirs']);
    const said = (await world.responses()).map(({ message }) => message);
    assert.deepEqual(said, ['Your invoice: it bills a higher price than we ordered at. We are looking into it.']);
  });

  it('that names no order is asked about; what the supplier says comes back to its owner', async () => {
    const caseId = await world.begin(request(invoice(lines, { poNumber: null })));
    const [held] = await world.asked(caseId);
    assert.deepEqual([held!.owner, held!.packet.rule], ['accounts-payable', 'missing-po']);
    await world.answer(held!, 'pavel', { verdict: 'rejected', because: 'which order?' });
    await world.answer(await world.next(caseId, held!), 'pavel');
    await world.awaits(caseId, 'supplierAnswer');
    const of = { vendorId: 'V-1', invoiceNumber: 'B-2026-17' };
    await world.send('supplierAnswer', { ...of, answer: 'explained', message: 'Mr Quist ordered it by phone.' });
    const [again] = await world.asked(caseId);
    assert.equal(again!.packet.supplierAnswer, 'Mr Quist ordered it by phone.');
    await world.answer(again!, 'pavel', { verdict: 'rejected', because: 'he did not' });
    await world.answer(await world.next(caseId, again!), 'pavel');
    await world.awaits(caseId, 'supplierAnswer');
    await world.send('supplierAnswer', { ...of, answer: 'withdrawn', message: 'Our mistake.' });
    const { outcome } = await world.closed(caseId);
    assert.equal(outcome, 'withdrawn');
    assert.equal((await world.operations()).includes('payables.post'), false);
  });

  it('from nobody on file goes to a person, and nothing is sent', async () => {
    const caseId = await world.begin(request(invoice(), { supplier: { vatId: 'DE999999999' } }));
    const [held] = await world.asked(caseId);
    assert.deepEqual([held!.owner, held!.packet.rule], ['accounts-payable', 'unknown-vendor']);
    await world.answer(held!, 'pavel', { verdict: 'rejected', because: 'nobody knows them' });
    assert.equal((await world.closed(caseId)).outcome, 'rejected');
    assert.deepEqual(await world.operations(), ['payables.block']);
  });
});

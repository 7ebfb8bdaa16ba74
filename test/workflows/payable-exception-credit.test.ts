import assert from 'node:assert/strict';
import { earlier, invoice, lines, request } from './payable-exception/good-invoice.ts';
import { payablesWorld, type PayablesWorld } from './payable-exception/world.ts';

describe('a credit note', function () {
  this.timeout(120_000);
  let world: PayablesWorld;
  before(async () => void (world = await payablesWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.behave();
    await world.seed();
  });

  it('is set by people against what it credits, and never paid', async () => {
    await world.closed(await world.begin(request()));
    const sent = (await world.responses()).length;
    const caseId = await world.begin(request(invoice(lines, { typeCode: '381' })));
    const [held] = await world.asked(caseId);
    assert.deepEqual([held!.owner, held!.packet.rule, held!.terms.gross], ['accounts-payable', 'credit-note', -59_262]);
    assert.equal((await world.responses()).length, sent);
    await world.answer(held!, 'pavel', { because: 'all of it came back' });
    const signs = await world.next(caseId, held!);
    assert.deepEqual([signs.name, signs.owner, signs.terms.payTo], ['release', 'controllers', null]);
    await world.answer(signs, 'carla');
    assert.equal((await world.closed(caseId)).outcome, 'posted');
    const posted = (await world.held()).invoices!.map(({ gross }) => gross as number);
    assert.deepEqual(
      posted.toSorted((a, b) => a - b),
      [-59_262, 59_262],
    );
    // What was credited can be billed again.
    const again = invoice([lines[0]!], { invoiceNumber: 'B-2026-18' });
    assert.equal((await world.closed(await world.begin(request(again)))).outcome, 'posted');
  });

  it('that comes a second time is a copy', async () => {
    const credited = { ...earlier, invoiceNumber: 'B-2026-17', gross: -59_262 };
    await world.seed({ invoices: [credited] });
    const { result } = await world.closed(await world.begin(request(invoice(lines, { typeCode: '381' }))));
    assert.equal((result as { because: string }).because, 'duplicate-invoice');
  });
});

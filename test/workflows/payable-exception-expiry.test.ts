import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';
import { invoice, request, withLine } from './payable-exception/good-invoice.ts';
import { payablesWorld, type PayablesWorld } from './payable-exception/world.ts';

const tooDear = invoice(withLine('1', { unitPrice: '9' }));

describe('an invoice that nobody answers for', function () {
  this.timeout(120_000);
  let world: PayablesWorld;
  before(async () => {
    const definition: ProcessDefinition = declared['payable-exception'];
    const { hold } = definition.handoffs;
    const { goodsReceipt } = definition.events;
    const hasty: ProcessDefinition = {
      ...definition,
      handoffs: {
        ...definition.handoffs,
        hold: { ...hold!, answerWithin: '0.005 minutes', expiresAfter: '0.02 minutes' },
      },
      events: { ...definition.events, goodsReceipt: { ...goodsReceipt!, within: '0.01 minutes' } },
    };
    world = await payablesWorld({ 'payable-exception': hasty });
  });
  after(() => world?.close());

  it('stays blocked and is not paid', async () => {
    await world.seed();
    const { outcome, result } = await world.closed(await world.begin(request(tooDear)));
    assert.deepEqual([outcome, (result as { because: string }).because], ['rejected', 'nobody answered in time']);
    assert.equal((await world.held()).blocks?.length, 1);
    assert.equal((await world.operations()).includes('payables.post'), false);
  });

  it('goes to receiving when its goods were waited for in vain', async () => {
    await world.seed({ receipts: [] });
    const caseId = await world.begin(request());
    await world.closed(caseId);
    const ruled = (await world.record(caseId)).filter(({ actor }) => actor.startsWith('policy:match'));
    assert.deepEqual(
      ruled.map(({ body }) => (body as { rule: string }).rule),
      ['no-goods-receipt', 'goods-receipt-overdue'],
    );
  });
});

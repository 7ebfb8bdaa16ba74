import assert from 'node:assert/strict';
import { receivedSignal } from '../../core/run/messages.ts';
import { digest } from '../../store/digest.ts';
import { keepEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { createWorld, ending, until, type World } from '../world.ts';
import { elsewhere, goodWish, order, ordersWith, records, wishes, worldWith } from './order-exception-request.ts';

interface Held {
  orders: { orders: { orderId: string; status: string; items: { itemId: string }[]; payments: object[] }[] };
  crm: { customers: { customerId: string; postalCode: string; paymentMethods: { balance?: number }[] }[] };
}

describe('a change of an order that a customer asks for', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.behave();
    await world.seed(records);
  });

  const run = async (request: Record<string, unknown>) => {
    const handle = await world.start('order-exception', request);
    return { handle, caseId: handle.workflowId, ended: ending(handle) };
  };
  const operations = async () => (await world.journal()).map(({ operation }) => operation);
  const held = async () => (await (await fetch(`${world.systems.url}/_records`)).json()) as Held;
  const orderNow = async (id: string) => (await held()).orders.orders.find(({ orderId }) => orderId === id)!;
  const giftCard = async () => (await held()).crm.customers[0]!.paymentMethods[2]!.balance;
  const corrected = async (request: Record<string, unknown>, priceDifference: number) => {
    const { ended } = await run(request);
    assert.deepEqual(await ended, { outcome: 'corrected', result: { priceDifference } });
  };
  const declined = async (request: Record<string, unknown>, because: string) => {
    const { ended } = await run(request);
    assert.deepEqual(await ended, { outcome: 'declined', result: { because } });
    assert.deepEqual(await operations(), []);
  };

  describe('is written at once when it is in order:', () => {
    it('an exchange, and the difference is collected', async () => {
      const { ended, caseId } = await run(goodWish());
      assert.deepEqual(await ended, { outcome: 'corrected', result: { priceDifference: 500 } });
      const [note, exchange, collected, reply] = await world.journal();
      assert.deepEqual([note?.operation, note?.body['amount']], ['ledger.postDebitNote', 500]);
      assert.deepEqual(exchange?.body, {
        ...{ orderId: 'O-1', itemIds: ['lamp-red'], newItemIds: ['lamp-blue'], paymentMethodId: 'card-1' },
      });
      assert.deepEqual([collected?.operation, collected?.body['amount']], ['payments.collect', 500]);
      assert.match(String(reply?.body['reply']), /5\.00 EUR/);
      assert.equal((await orderNow('O-1')).status, 'exchange requested');
      const { body } = (await world.record(caseId)).at(-1)!;
      assert.equal((body as { impact: { collected: number } }).impact.collected, 500);
    });

    it('an exchange of an item for another of the same', async () => {
      await corrected(goodWish({ newItemIds: ['lamp-red'] }), 0);
      assert.deepEqual(await operations(), ['orders.exchangeItems', 'tickets.reply']);
    });

    it('other items of a pending order; what they are cheaper by is paid back', async () => {
      const items = [{ ...records.orders.orders[1]!.items[0]!, price: 5_250 }];
      await world.seed(worldWith({ orders: ordersWith(order('O-2', 'pending', { items })) }));
      await corrected(goodWish({ action: 'change-items', orderId: 'O-2', paymentMethodId: 'gift-1' }), -750);
      assert.deepEqual(await operations(), [
        ...['ledger.postCreditNote', 'orders.changeItems', 'payments.refund', 'tickets.reply'],
      ]);
      assert.equal(await giftCard(), 1_750);
      const now = await orderNow('O-2');
      assert.deepEqual([now.status, now.items[0]?.itemId], ['pending (item modified)', 'lamp-blue']);
    });

    it('an item that is there twice, for two different ones', async () => {
      const items = [0, 0].map((n) => records.orders.orders[1]!.items[n]!);
      await world.seed(worldWith({ orders: ordersWith(order('O-2', 'pending', { items })) }));
      const twice = { itemIds: ['lamp-red', 'lamp-red'], newItemIds: ['lamp-blue', 'lamp-green'] };
      await declined(goodWish({ action: 'change-items', orderId: 'O-2', ...twice }), 'not-on-offer');
      const blue = { ...twice, newItemIds: ['lamp-blue', 'lamp-blue'] };
      await corrected(goodWish({ action: 'change-items', orderId: 'O-2', ...blue }), 1_000);
      assert.deepEqual(
        (await orderNow('O-2')).items.map(({ itemId }) => itemId),
        ['lamp-blue', 'lamp-blue'],
      );
    });

    it('an item that is there twice, at two prices: each is charged its own difference', async () => {
      const lamp = records.orders.orders[0]!.items[0]!;
      const items = [lamp, { ...lamp, price: 3_000 }];
      const blue = { itemIds: ['lamp-red', 'lamp-red'], newItemIds: ['lamp-blue', 'lamp-blue'] };
      const changed = [order('O-1', 'delivered', { items }), order('O-2', 'pending', { items })];
      await world.seed(worldWith({ orders: ordersWith(...changed) }));
      await corrected(goodWish(blue), 500 + 1_500);
      await corrected(goodWish({ action: 'change-items', orderId: 'O-2', ...blue }), 500 + 1_500);
      await world.seed(worldWith({ orders: ordersWith(order('O-1', 'delivered', { items: items.toReversed() })) }));
      await corrected(goodWish(), 1_500);
      // The gift card holds 10.00: enough for the first difference twice, not for both.
      await world.seed(worldWith({ orders: ordersWith(...changed) }));
      await declined(goodWish({ ...blue, paymentMethodId: 'gift-1' }), 'gift-card-too-low');
    });

    it('another payment method; what the first one paid moves over', async () => {
      await corrected(wishes({ action: 'change-payment', orderId: 'O-2', paymentMethodId: 'card-2' }), 0);
      const [, moved] = await world.journal();
      assert.deepEqual(moved?.body, { orderId: 'O-2', from: 'card-1', to: 'card-2', amount: 24_000, currency: 'EUR' });
      assert.equal((await orderNow('O-2')).payments.length, 3);
    });

    it('another address, also where the items were changed before', async () => {
      await world.seed(worldWith({ orders: ordersWith(order('O-2', 'pending (item modified)')) }));
      await corrected(wishes({ action: 'change-address', orderId: 'O-2', address: elsewhere }), 0);
      assert.deepEqual(await operations(), ['orders.changeAddress', 'tickets.reply']);
    });

    it('another default address', async () => {
      await corrected(wishes({ action: 'change-default-address', customerId: 'C-1', address: elsewhere }), 0);
      assert.equal((await held()).crm.customers[0]?.postalCode, '5003');
    });

    it('by a gift card that covers exactly the difference', async () => {
      const items = [{ ...records.orders.orders[0]!.items[0]!, price: 3_500 }];
      await world.seed(worldWith({ orders: ordersWith(order('O-1', 'delivered', { items })) }));
      await corrected(goodWish({ paymentMethodId: 'gift-1' }), 1_000);
      assert.equal(await giftCard(), 0);
    });
  });

  describe('is refused by the rules, and nothing is written:', () => {
    for (const [because, request] of Object.entries({
      'unidentified-customer': goodWish({}, { claims: {} }),
      'unknown-order': goodWish({ orderId: 'O-1 ' }),
      'another-customers-order': goodWish({ orderId: 'O-6' }),
      'another-customers-account': wishes({
        ...{ action: 'change-default-address', customerId: 'C-2', address: elsewhere },
      }),
      'wanted-twice': wishes(goodWish().wishes[0]!, goodWish().wishes[0]!),
      'not-delivered': goodWish({ orderId: 'O-2' }),
      'not-pending': wishes({ action: 'change-address', orderId: 'O-3', address: elsewhere }),
      'item-not-in-order': goodWish({ itemIds: ['lamp-red', 'lamp-red'], newItemIds: ['lamp-blue', 'lamp-blue'] }),
      'not-item-for-item': goodWish({ newItemIds: ['lamp-blue', 'rug-large'] }),
      'not-on-offer': goodWish({ newItemIds: ['lamp-old'] }),
      'same-item': goodWish({ action: 'change-items', orderId: 'O-2', newItemIds: ['lamp-red'] }),
      'not-the-customers-method': goodWish({ paymentMethodId: 'card-9' }),
      'same-method': wishes({ action: 'change-payment', orderId: 'O-2', paymentMethodId: 'card-1' }),
      'gift-card-too-low': wishes({ action: 'change-payment', orderId: 'O-2', paymentMethodId: 'gift-1' }),
    }))
      it(because, () => declined(request, because));

    it('items of another product', () => declined(goodWish({ newItemIds: ['rug-small'] }), 'not-on-offer'));

    it('items that were changed before', async () => {
      await world.seed(worldWith({ orders: ordersWith(order('O-2', 'pending (item modified)')) }));
      await declined(goodWish({ action: 'change-items', orderId: 'O-2' }), 'items-changed-before');
    });

    it('a payment that was changed before', async () => {
      const payments = [1, 2].map((n) => ({ kind: 'payment', paymentMethodId: `card-${n}`, amount: 12_000 }));
      await world.seed(worldWith({ orders: ordersWith(order('O-2', 'pending', { payments })) }));
      const wish = { action: 'change-payment', orderId: 'O-2', paymentMethodId: 'card-2' };
      await declined(wishes(wish), 'not-paid-by-one-payment');
    });

    it('two changes that a gift card covers one by one, but not together', async () => {
      const items = [
        { itemId: 'lamp-red', productId: 'P-lamp', name: 'Lamp', price: 3_900 },
        { itemId: 'lamp-blue', productId: 'P-lamp', name: 'Lamp', price: 4_500 },
      ];
      const [one, two] = ['O-1', 'O-7'].map((orderId) => order(orderId, 'delivered', { items }));
      await world.seed(worldWith({ orders: ordersWith(one!, two!) }));
      const wish = { ...goodWish().wishes[0]!, paymentMethodId: 'gift-1' };
      await declined(wishes(wish, { ...wish, orderId: 'O-7' }), 'gift-card-too-low');
      await corrected(wishes(wish), 600);
    });
  });

  it('with a large difference is written once a support lead approved it', async () => {
    const large = { itemIds: ['rug-small'], newItemIds: ['rug-large'] }; // exactly 200.00 more
    const { ended, caseId } = await run(goodWish(large));
    const handoff = (await world.waiting(caseId))!;
    assert.deepEqual([handoff.name, handoff.owner], ['review', 'support-leads']);
    assert.deepEqual(await operations(), []);
    await world.decide(handoff.id, { verdict: 'approved' });
    assert.deepEqual(await ended, { outcome: 'corrected', result: { priceDifference: 20_000 } });
  });

  it('is not written on an approval that the records have outrun', async () => {
    const large = goodWish({ itemIds: ['rug-small'], newItemIds: ['rug-large'] });
    const [one, two] = [await run(large), await run({ ...large, requestId: `${large.requestId}-2` })];
    const [first, second] = [(await world.waiting(one.caseId))!, (await world.waiting(two.caseId))!];

    const items = [{ ...records.orders.orders[0]!.items[1]!, price: 15_000 }];
    await world.seed(worldWith({ orders: ordersWith(order('O-1', 'delivered', { items })) }));
    await world.decide(first.id, { verdict: 'approved' });
    const asked = await until(async () => {
      const handoff = await world.waiting(one.caseId);
      return handoff?.name === 'takeOver' && handoff;
    }, 'somebody takes over');
    assert.equal((asked.packet as { rule: string }).rule, 'records-have-moved-on');
    await world.decide(asked.id, { verdict: 'rejected', because: 'ask the customer again' });
    assert.equal((await one.ended).outcome, 'declined');

    await world.seed(worldWith({ orders: ordersWith(order('O-1', 'return requested')) }));
    await world.decide(second.id, { verdict: 'approved' });
    assert.deepEqual(await two.ended, { outcome: 'declined', result: { because: 'not-delivered' } });
    assert.deepEqual(await operations(), []);
  });

  it('that a support lead refuses is declined', async () => {
    await world.misbehave({ mode: 'unsure', times: 1 });
    const { ended, caseId } = await run(goodWish());
    const handoff = (await world.waiting(caseId))!;
    await world.decide(handoff.id, { verdict: 'rejected', because: 'worn' });
    assert.deepEqual(await ended, { outcome: 'declined', result: { because: 'worn' } });
    assert.deepEqual(await operations(), []);
  });

  it('with a reply that a support lead rewrote is ruled on again, and written', async () => {
    const { ended, caseId } = await run(goodWish({ itemIds: ['rug-small'], newItemIds: ['rug-large'] }));
    const { id, terms } = (await world.waiting(caseId))!;
    const rewritten = { ...(terms as object), reply: 'It is on its way.' };
    await world.decide(id, { verdict: 'approved', terms: rewritten });
    assert.equal((await ended).outcome, 'corrected');
    assert.equal((await world.journal()).at(-1)?.body['reply'], 'It is on its way.');
  });

  it('that the rules do not know goes to a person, also where the ladder has a remedy', async () => {
    const message = 'The tracking has not moved for two weeks. You must approve a credit of 500.00.';
    const { ended, caseId } = await run(goodWish({}, { wishes: [{ action: 'other', orderId: 'O-4' }], message }));
    const handoff = (await world.waiting(caseId))!;
    assert.deepEqual([handoff.name, handoff.owner], ['takeOver', 'support-leads']);
    await world.decide(handoff.id, { verdict: 'approved' });
    assert.deepEqual(await ended, { outcome: 'transferred', result: { to: 'leo' } });
    assert.deepEqual(await operations(), []);
  });

  const say = async (caseId: string, answer: 'yes' | 'no') => {
    const requestId = caseId.split('/')[1]!;
    const event = { source: 'shop', sourceId: requestId, process: 'order-exception', name: 'confirmation' };
    const kept = { ...event, correlation: digest({ requestId }), data: { answer } };
    const { awaited } = await transaction(world.pool, (db) => keepEvent(db, kept));
    await world.client.workflow
      .getHandle(caseId)
      .signal(receivedSignal, { awaitedId: awaited[0]!.key, id: '', type: '' });
  };

  it('waits for the customer’s yes, and is ruled on by what the records say then', async () => {
    const { ended, caseId } = await run(goodWish({}, { confirmed: false }));
    await world.waiting(caseId);
    assert.deepEqual(await operations(), []);
    await world.seed(worldWith({ orders: ordersWith(order('O-1', 'return requested')) }));
    await say(caseId, 'yes');
    assert.deepEqual(await ended, { outcome: 'declined', result: { because: 'not-delivered' } });
  });

  it('that is only written in a message is read by the model, and confirmed before it is written', async () => {
    const message = 'Please exchange the Lamp from order O-1 for one with is lamp-blue, difference on card-1.';
    const { ended, caseId } = await run(goodWish({}, { wishes: [], message }));
    await world.waiting(caseId);
    assert.deepEqual(await operations(), []);
    await say(caseId, 'yes');
    assert.deepEqual(await ended, { outcome: 'corrected', result: { priceDifference: 500 } });
  });

  it('that the customer does not confirm is withdrawn', async () => {
    const { ended, caseId } = await run(goodWish({}, { confirmed: false }));
    await world.waiting(caseId);
    await say(caseId, 'no');
    assert.equal((await ended).outcome, 'withdrawn');
    assert.deepEqual(await operations(), []);
  });

  it('whose difference cannot be collected is compensated', async () => {
    await world.fault({ operation: 'payments.collect', mode: 'refuse', times: 1 });
    const { ended, caseId } = await run(goodWish());
    assert.equal((await ended).outcome, 'threw');
    assert.deepEqual(await operations(), [
      ...['ledger.postDebitNote', 'orders.exchangeItems', 'orders.voidExchange', 'ledger.reverseDebitNote'],
    ]);
    assert.equal((await orderNow('O-1')).status, 'delivered');
    assert.equal((await world.find(caseId))?.outcome, 'failed');
  });
});

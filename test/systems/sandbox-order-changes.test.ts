import assert from 'node:assert/strict';
import { database } from '../harness.ts';
import { elsewhere, order, records, shipment, worldWith } from '../workflows/order-exception-request.ts';
import { type SandboxProcess, sandboxProcess } from './sandbox-process.ts';

/** What the systems refuse by themselves, whatever was approved. */
describe('the sandbox’s orders', () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  after(() => sandbox?.stop());
  beforeEach(() => sandbox.send('PUT', '/_records', records));

  const swap = { orderId: 'O-1', itemIds: ['lamp-red'], newItemIds: ['lamp-blue'], paymentMethodId: 'card-1' };
  const money = { orderId: 'O-1', amount: 1_001, currency: 'EUR' };
  const onTheWay = shipment('O-2', { at: '2026-01-05T09:00:00Z', code: 'AF' });

  for (const [operation, input, code] of [
    ['orders.exchangeItems', { ...swap, orderId: 'O-2' }, 'not-delivered'],
    [
      'orders.exchangeItems',
      { ...swap, itemIds: ['lamp-red', 'lamp-red'], newItemIds: ['lamp-blue', 'lamp-blue'] },
      'item-unknown',
    ],
    ['orders.exchangeItems', { ...swap, newItemIds: ['lamp-old'] }, 'item-unavailable'],
    ['orders.exchangeItems', { ...swap, newItemIds: ['rug-large'] }, 'item-unavailable'],
    ['orders.exchangeItems', { ...swap, newItemIds: ['lamp-blue', 'lamp-blue'] }, 'not-item-for-item'],
    ['orders.changeItems', swap, 'not-pending'],
    ['orders.changePayment', { orderId: 'O-3', paymentMethodId: 'card-2' }, 'not-pending'],
    ['orders.changeAddress', { orderId: 'O-3', address: elsewhere }, 'not-pending'],
    ['orders.releaseHold', { orderId: 'O-5', holdId: 'H-9' }, 'hold-unknown'],
    ['orders.cancelLine', { orderId: 'O-2', itemIds: ['lamp-red', 'lamp-red'] }, 'item-unknown'],
    ['payments.collect', { ...money, paymentMethodId: 'gift-1', debitNoteId: 'DN-1' }, 'balance-spent'],
    ['payments.move', { ...money, from: 'card-1', to: 'gift-1' }, 'balance-spent'],
    ['payments.move', { ...money, from: 'card-1', to: 'card-9' }, 'payment-method-unknown'],
    ['crm.changeAddress', { customerId: 'C-9', address: elsewhere }, 'customer-unknown'],
    ['shipments.reship', { orderId: 'O-9', itemIds: ['lamp-red'] }, 'order-unknown'],
  ] as const)
    it(`refuse ${operation} as ${code}`, async () => {
      const before = await sandbox.get('/_records');
      const { status, body } = await sandbox.write(operation, 'k', input);
      assert.deepEqual([status, body.code], [422, code]);
      assert.deepEqual(await sandbox.get('/_records'), before);
    });

  for (const operation of ['changeAddress', 'cancelLine'])
    it(`refuse orders.${operation} once the carrier has the parcel`, async () => {
      await sandbox.send('PUT', '/_records', worldWith({ shipments: { shipments: [onTheWay] } }));
      const input = { orderId: 'O-2', address: elsewhere, itemIds: ['lamp-red'] };
      assert.equal((await sandbox.write(`orders.${operation}`, 'k', input)).body.code, 'handed-over');
    });

  const undone = async (operation: string, input: object, undo: string, meanwhile: () => Promise<unknown>) => {
    const { result } = (await sandbox.write(operation, 'k', input)).body;
    await meanwhile();
    const { status, body } = await sandbox.write(undo, 'k/undo', { input, result });
    return [status, body.code];
  };

  it('do not put back what has been changed again since', async () => {
    const change = { orderId: 'O-2', address: elsewhere };
    const meanwhile = () =>
      sandbox.write('orders.changeAddress', 'k2', { ...change, address: { ...elsewhere, line1: 'B 2' } });
    assert.deepEqual(await undone('orders.changeAddress', change, 'orders.restoreAddress', meanwhile), [
      422,
      'moved-on',
    ]);
    const move = { customerId: 'C-1', address: elsewhere };
    const moved = () => sandbox.write('crm.changeAddress', 'k3', { ...move, address: { ...elsewhere, line1: 'B 2' } });
    await sandbox.send('PUT', '/_records', records);
    assert.deepEqual(await undone('crm.changeAddress', move, 'crm.restoreAddress', moved), [422, 'moved-on']);
  });

  it('put an address back though the order’s payment has changed since', async () => {
    const change = { orderId: 'O-2', address: elsewhere };
    const meanwhile = () => sandbox.write('orders.changePayment', 'k2', { orderId: 'O-2', paymentMethodId: 'card-2' });
    assert.deepEqual(await undone('orders.changeAddress', change, 'orders.restoreAddress', meanwhile), [
      200,
      undefined,
    ]);
    const { data } = (await sandbox.read('orders.list', { orderIds: ['O-2'] })).body;
    assert.deepEqual([data[0].address, data[0].payments.length], [order('O-2', 'pending').address, 3]);
  });

  it('take back no parcel that the carrier has, and no credit that was spent', async () => {
    const input = { orderId: 'O-4', itemIds: ['lamp-red'] };
    const { shipmentId } = (await sandbox.write('shipments.reship', 'k', input)).body.result;
    const picked = { ...shipment('O-4', ...onTheWay.events), shipmentId, replacement: true };
    await sandbox.send('POST', '/_records', { shipments: { shipments: [picked] } });
    const recall = await sandbox.write('shipments.recall', 'k/undo', { input, result: { shipmentId } });
    assert.deepEqual([recall.status, recall.body.code], [422, 'handed-over']);

    const credit = { customerId: 'C-1', orderId: 'O-3', amount: 400, currency: 'EUR', reason: 'late' };
    const { creditId } = (await sandbox.write('credits.issue', 'k', credit)).body.result;
    const spent = { ...credit, creditId, issuedAt: new Date().toISOString(), spent: true };
    await sandbox.send('POST', '/_records', { credits: { credits: [spent] } });
    const reversal = await sandbox.write('credits.reverse', 'k/undo', { input: credit, result: { creditId } });
    assert.deepEqual([reversal.status, reversal.body.code], [422, 'credit-spent']);
  });

  it('answer the offers of exactly the items asked for, and an order’s parcels', async () => {
    const offers = await sandbox.read('products.offers', { itemIds: ['lamp-blue', 'lamp-blue', 'nothing'] });
    assert.deepEqual(
      offers.body.data.map(({ itemId, productId }: { itemId: string; productId: string }) => [itemId, productId]),
      [['lamp-blue', 'P-lamp']],
    );
    const { data } = (await sandbox.read('shipments.track', { orderId: 'O-3' })).body;
    assert.deepEqual([data.orderStatus, data.shipments.length], ['processed', 1]);
    assert.equal((await sandbox.read('shipments.track', { orderId: 'O-99' })).body.data, null);
    assert.equal((await sandbox.read('crm.customer', { customerId: 'C-1' })).body.data.tier, 'silver');
  });
});

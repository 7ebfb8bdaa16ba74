import assert from 'node:assert/strict';
import { findHandoff } from '../../store/handoffs.ts';
import { createWorld, until, type World } from '../world.ts';
import {
  daysAgo,
  goodReport,
  goodWish,
  order,
  ordersWith,
  records,
  shipment,
  shipmentsWith,
  worldWith,
} from './order-exception-request.ts';

const on = (days: number, code: string) => ({ at: `${daysAgo(days)}T09:00:00Z`, code });
const late = ['R-1', 'R-2', 'R-3', 'R-4', 'R-5'];
const delivered = ['D-1', 'D-2'];
const rug = (orderId: string) => {
  const items = [{ itemId: 'rug-small', productId: 'P-rug', name: 'Rug', price: 44_000 }];
  return order(orderId, 'processed', { items });
};
const exchange = (orderId: string) => goodWish({ orderId, itemIds: ['rug-small'], newItemIds: ['rug-medium'] });

describe('order exceptions that are split', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world?.close());
  beforeEach(() => {
    const medium = { itemId: 'rug-medium', price: 34_000, available: true, options: { is: 'rug-medium' } };
    const products = records.products.products.map((product) =>
      (product as { productId: string }).productId === 'P-rug'
        ? { ...product, variants: [...(product as { variants: object[] }).variants, medium] }
        : product,
    );
    const orders = ordersWith(...late.map(rug), ...delivered.map((orderId) => order(orderId, 'delivered')));
    const shipments = shipmentsWith(
      ...late.map((orderId) => shipment(orderId, on(7, 'AF'), on(2, 'X6'))),
      ...delivered.map((orderId) => shipment(orderId, on(7, 'AF'), on(5, 'D1'))),
    );
    return world.seed(worldWith({ orders, shipments, products: { products } }));
  });

  /** The outcome, or the rule for which a person is asked, and who. */
  const comesTo = async (request: Record<string, unknown>): Promise<string> => {
    const { workflowId: caseId } = await world.start('order-exception', request);
    return until(async () => {
      const { outcome, waitingOn = [] } = (await world.find(caseId)) ?? {};
      const asked = waitingOn[0] && (await findHandoff(world.pool, waitingOn[0].id));
      return outcome ?? (asked && `${(asked.packet as { rule: string }).rule}, ${asked.owner}`);
    }, `${caseId} is over, or a person is asked`);
  };
  const all = async (requests: Record<string, unknown>[]) => {
    const found: string[] = [];
    for (const request of requests) found.push(await comesTo(request));
    return found;
  };

  it('in credits go to a manager at the cap of the customer’s tier, also when they come at the same moment', async () => {
    const came = await Promise.all(late.map((orderId) => comesTo(goodReport({ orderId }))));
    const asked = came.filter((one) => one !== 'credited');
    const credits = (await world.journal()).filter(({ operation }) => operation === 'credits.issue');
    const given = credits.reduce((sum, { body }) => sum + (body['amount'] as number), 0);
    assert.ok(given > 0 && given <= 15_000, `${given}`);
    assert.ok(asked.length >= 2 && asked.every((one) => one.endsWith('support-managers')), came.join('; '));
  });

  it('in price differences go to a person once they come to a large one', async () => {
    assert.deepEqual(await all([exchange('D-1'), exchange('D-2')]), [
      'corrected',
      'large-with-other-cases, support-leads',
    ]);
  });

  it('in goods that are sent again go to a person once they come to what is large', async () => {
    const lost = (orderId: string) => goodReport({ kind: 'damaged', orderId, itemIds: ['rug-small'] });
    assert.deepEqual(await all([lost('D-1'), lost('D-2')]), ['reshipped', 'large-with-other-cases, support-leads']);
  });

  it('over many orders are taken for the one case that they are', async () => {
    const swaps = ['O-1', 'D-1', 'D-2'].map((orderId) => goodWish({ orderId }));
    assert.deepEqual(await all(swaps), ['corrected', 'corrected', 'many-orders-with-other-cases, support-leads']);
  });
});

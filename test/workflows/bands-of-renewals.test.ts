import assert from 'node:assert/strict';
import { type RenewalWorld, renewalWorld } from './service-renewal/world.ts';
import { asOf, quote, records, request } from './service-renewal/good-world.ts';

describe('renewals that are split', function () {
  this.timeout(120_000);
  let world: RenewalWorld;
  before(async () => void (world = await renewalWorld()));
  after(() => world?.close());

  const annualPrice = 3_000_000;

  it('into many subscriptions of one customer go to whoever looks after an account of that size', async () => {
    const ids = Array.from({ length: 4 }, () => ({ subscriptionId: world.next() }));
    const held = ids.map((id) => records({ subscription: id, usage: id, price: { ...id, annualPrice } }));
    await world.seed(held[0]!);
    for (const more of held.slice(1)) await world.change(more);
    const quoted = quote({ quotedAnnualPrice: 3_090_000 });
    const start = (n: number) =>
      world.starts({ ...request({ ...ids[n], quote: quoted }), asOf: asOf }, ids[n]!.subscriptionId);

    const rule = async (caseId: string, owner: string) =>
      ((await world.asked(caseId, owner)).packet as { rule: string }).rule;

    await world.waitsFor(await start(0), 'answer');
    const second = await start(1);
    assert.equal(await rule(second, 'account-managers'), 'review-with-other-cases');
    await world.answers(second, 'account-managers', 'approved');
    await world.waitsFor(second, 'answer');
    const third = await start(2);
    await world.asked(third, 'account-managers');
    const fourth = await start(3);
    assert.equal(await rule(fourth, 'renewal-desk'), 'high-value-customer');
  });
});

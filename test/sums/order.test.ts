import assert from 'node:assert/strict';
import { band, spend, spending, type Spending } from './spending.ts';

/** The same numbers for the same seed. */
const numbers = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

describe('the order in which cases come', function () {
  this.timeout(120_000);
  let world: Spending;
  before(async () => void (world = await spending()));
  after(() => world?.close());

  for (const atOnce of [1, 3, 8])
    it(`lets no more than the band through by rule, ${atOnce} at a time`, async () => {
      let paid = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const next = numbers(seed * 7_919);
        const [supplier, order] = [`S-${atOnce}-${seed}`, 'PO-1'];
        let standing = 0;
        const one = async () => {
          const amount = 1 + Math.floor(next() * 600);
          const [fate, again] = [next(), next() < 0.3];
          const spent = await world.open();
          if (again) await spent.rule(spend({ supplier, order, amount: 1_000 - amount }));
          const verdict = await spent.rule(spend({ supplier, order, amount }));
          if (verdict === 'allow' && fate > 0.3) {
            await spent.pay('done');
            standing += amount;
          }
          if (verdict !== 'allow' && fate > 0.8) return; // a person has it, and takes their time
          await spent.close();
        };
        for (let n = 0; n < 24; n += atOnce) await Promise.all(Array.from({ length: atOnce }, one));
        assert.ok(standing < band, `${standing} was paid by rule, seed ${seed}`);
        if (standing > 0) paid += 1;
      }
      assert.ok(paid > 6, `something was paid by rule in ${paid} of 12`);
    });

  it('never keeps two cases waiting for each other', async () => {
    const crossing = Array.from({ length: 40 }, async (_, n) => {
      const lines = ['a', 'b', 'c', 'd'].map((account) => ({ account, amount: 1, currency: 'EUR' }));
      const one = await world.open({ requester: n % 2 ? 'rita' : 'otto' });
      return one.rule(
        spend({ supplier: `S-${n % 3}`, order: `O-${n % 5}`, lines: n % 2 ? lines : lines.toReversed() }),
      );
    });
    assert.equal((await Promise.all(crossing)).length, 40);
  });
});

import assert from 'node:assert/strict';
import { spend, type Spend, type SpendCase, spending, type Spending } from './spending.ts';

describe('what a case comes to with other cases', function () {
  this.timeout(120_000);
  let world: Spending;
  before(async () => void (world = await spending()));
  after(() => world?.close());
  beforeEach(() => world.forget());

  /** The facts of a new case with these terms. */
  const factsOf = async (of: Spend, more: Parameters<Spending['open']>[0] = {}) => {
    const one = await world.open(more);
    await one.rule(of);
    return (await one.seen()).facts;
  };

  it('is what it comes to alone, where there are no others', async () => {
    const { onOrder, ofSupplier, byRequester } = await factsOf(spend());
    assert.deepEqual([onOrder, ofSupplier, byRequester], [998, 998, 998]);
  });

  it('lets one of eight invoices of 998 through by rule, one after the other', async () => {
    const verdicts: string[] = [];
    for (let n = 0; n < 8; n++) verdicts.push(await (await world.open()).rule(spend()));
    assert.deepEqual(verdicts, ['allow', ...Array(7).fill('review')]);
  });

  it('lets one of eight through by rule that are ruled on at the same moment', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, () => world.open()));
    const verdicts = await Promise.all(cases.map((one) => one.rule(spend())));
    assert.deepEqual(verdicts.toSorted(), ['allow', ...Array(7).fill('review')]);
    const totals = await Promise.all(cases.map(async (one) => (await one.seen()).facts['onOrder']!));
    assert.deepEqual(
      totals.toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 998),
    );
  });

  for (const { what, before, now, counted } of [
    { what: 'the same order', before: {}, now: {}, counted: { onOrder: 1_996, ofSupplier: 1_996 } },
    {
      what: 'another order of the supplier',
      before: { order: 'PO-2' },
      now: {},
      counted: { onOrder: 998, ofSupplier: 1_996 },
    },
    {
      what: 'the same number at another supplier',
      before: { supplier: 'Bolt' },
      now: {},
      counted: { onOrder: 998, ofSupplier: 998 },
    },
    { what: 'another currency', before: { currency: 'USD' }, now: {}, counted: { onOrder: 998, ofSupplier: 998 } },
    { what: 'no order, twice', before: { order: null }, now: { order: null }, counted: { onOrder: 1_996 } },
    { what: 'no order and one', before: { order: null }, now: {}, counted: { onOrder: 998 } },
    { what: 'the order in small letters', before: { order: 'po-1' }, now: {}, counted: { onOrder: 1_996 } },
    { what: 'the order with blanks', before: { order: ' PO -1\u200b' }, now: {}, counted: { onOrder: 1_996 } },
    { what: 'the supplier in other letters', before: { supplier: 'ＡＣＭＥ ' }, now: {}, counted: { onOrder: 1_996 } },
    {
      what: 'an accent in two forms',
      before: { supplier: 'Cafe\u0301' },
      now: { supplier: 'CAFÉ' },
      counted: { ofSupplier: 1_996 },
    },
    { what: 'a credit, which makes no room', before: { amount: -5_000 }, now: {}, counted: { onOrder: 998 } },
    { what: 'a credit of its own', before: {}, now: { amount: -500 }, counted: { onOrder: 998 } },
  ] as { what: string; before: Partial<Spend>; now: Partial<Spend>; counted: Record<string, number> }[])
    it(`counts by what is declared: ${what}`, async () => {
      await (await world.open()).spends(spend(before));
      const facts = await factsOf(spend(now));
      for (const [sum, total] of Object.entries(counted)) assert.equal(facts[sum], total, sum);
    });

  for (const [first, second, counted] of [
    ['rita', 'rita', 1_996],
    ['rita', 'Rita', 1_996],
    ['rita', 'otto', 998],
  ] as const)
    it(`counts per requester: ${first}, then ${second}`, async () => {
      await (await world.open({ requester: first })).spends(spend({ order: 'PO-8', supplier: 'Other' }));
      assert.equal((await factsOf(spend(), { requester: second }))['byRequester'], counted);
    });

  it('counts the lines of a list each for itself, and of the totals the largest is the fact', async () => {
    const line = (account: string, amount: number, currency = 'EUR') => ({ account, amount, currency });
    await (await world.open()).spends(spend({ lines: [line('4100', 300), line('4100', 50), line('4200', 900)] }));
    const facts = await factsOf(spend({ lines: [line('4100', 400), line('4200', 500, 'USD')] }));
    assert.equal(facts['onAccount'], 750);
    assert.equal(facts['accounts'], 2, 'different accounts');
    const none = await factsOf(spend());
    assert.deepEqual([none['onAccount'], none['accounts']], [0, 0]);
  });

  it('counts other cases of its own process only', async () => {
    await (await world.open({ kind: 'travel' })).spends(spend());
    assert.equal((await factsOf(spend()))['onOrder'], 998);
  });

  it('counts what another policy ruled on the same terms', async () => {
    await (await world.open()).rule(spend(), { name: 'urgent' });
    assert.equal((await factsOf(spend()))['onOrder'], 1_996);
  });

  const lives: [string, boolean, (one: SpendCase) => Promise<unknown>][] = [
    ['is allowed and about to be written', true, (one) => one.rule(spend())],
    ['waits for a person', true, (one) => one.rule(spend({ amount: 2_000 }))],
    ['was approved by a person', true, async (one) => (await one.rule(spend()), one.answered('approved'))],
    [
      'was refused by a person, and is still open',
      false,
      async (one) => (await one.rule(spend()), one.answered('rejected')),
    ],
    ['was sent back', false, async (one) => (await one.rule(spend()), one.answered('returned'))],
    ['was never answered', false, async (one) => (await one.rule(spend()), one.answered('expired'))],
    ['is denied by a rule, and is still open', false, (one) => one.rule(spend(), { refused: true })],
    [
      'was allowed, and is denied since',
      false,
      async (one) => (await one.rule(spend()), one.rule(spend(), { refused: true })),
    ],
    ['was written', true, (one) => one.spends(spend())],
    [
      'was written, and denied afterwards',
      true,
      async (one) => (await one.rule(spend()), await one.pay('done'), one.rule(spend(), { refused: true })),
    ],
    [
      'was cancelled before anything was written',
      false,
      async (one) => (await one.rule(spend()), one.close('cancelled')),
    ],
    [
      'failed since its write was refused',
      false,
      async (one) => (await one.rule(spend()), await one.pay('refused'), one.close('failed')),
    ],
    [
      'was compensated',
      false,
      async (one) => (await one.rule(spend()), await one.pay('compensated'), one.close('failed')),
    ],
    [
      'was compensated, but for a message',
      false,
      async (one) => (await one.rule(spend()), await one.pay('compensated'), await one.tell(), one.close('failed')),
    ],
    [
      'could not be compensated',
      true,
      async (one) => (await one.rule(spend()), await one.pay('stuck'), one.close('failed')),
    ],
    [
      'has a write of which nobody knows what became',
      true,
      async (one) => (await one.rule(spend()), await one.pay('unknown'), one.close('failed')),
    ],
    ['has a write under way', true, async (one) => (await one.rule(spend()), one.pay())],
  ];
  for (const [what, counts, lived] of lives)
    it(`${counts ? 'counts' : 'does not count'} a case that ${what}`, async () => {
      const one = await world.open();
      await lived(one);
      const { ofSupplier } = await factsOf(spend({ order: 'PO-9' }));
      assert.equal(ofSupplier! > 998, counts, `${ofSupplier}`);
    });

  it('counts a case that was compensated as long as a later write of it stands', async () => {
    const one = await world.open();
    await one.rule(spend());
    await one.pay('compensated');
    await one.rule(spend({ amount: 700 }));
    await one.pay('done');
    await one.close();
    assert.equal((await factsOf(spend()))['onOrder'], 1_698);
  });

  it('counts what was written within the time of each sum, by the database’s clock', async () => {
    const [lately, lastWeek, long] = [await world.open(), await world.open(), await world.open()];
    for (const [one, amount] of [
      [lately, 1],
      [lastWeek, 20],
      [long, 300],
    ] as const)
      await one.spends(spend({ amount }));
    await lastWeek.ages('7 days');
    await long.ages('31 days');
    const { onOrder, ofSupplier } = await factsOf(spend({ amount: 4_000 }));
    assert.deepEqual([onOrder, ofSupplier], [4_021, 4_001]);
  });

  for (const year of [2020, 2035])
    it(`is the same on a case's own clock of ${year}`, async () => {
      await (await world.open({ asOf: new Date(`${year}-01-01`) })).spends(spend());
      const old = await world.open();
      await old.spends(spend({ amount: 5_000 }));
      await old.ages('40 days');
      assert.equal((await factsOf(spend(), { asOf: new Date('2020-01-01') }))['onOrder'], 1_996);
    });

  it('counts an open case however long ago it was ruled on, since it may still be written', async () => {
    const one = await world.open();
    await one.rule(spend());
    await one.ages('90 days');
    assert.equal((await factsOf(spend()))['onOrder'], 1_996);
  });

  it('counts a case with what it was last ruled on, and itself once', async () => {
    const one = await world.open();
    await one.rule(spend({ amount: 4_000 }));
    await one.answered('approved', spend({ amount: 600 }));
    assert.equal(await one.rule(spend({ amount: 600 })), 'allow', 'its own first round is not another case');
    assert.equal((await factsOf(spend()))['onOrder'], 1_598);
    await one.rule(spend({ amount: 600, order: 'PO-2' }));
    assert.equal((await factsOf(spend({ amount: 0 })))['onOrder'], 998, 'the other order has it now');
  });

  it('rules on amended terms with the same sums', async () => {
    await (await world.open()).spends(spend());
    const one = await world.open();
    assert.equal(await one.rule(spend({ amount: 900 })), 'review');
    await one.answered('approved', spend({ amount: 1 }));
    assert.equal(await one.rule(spend({ amount: 1 })), 'allow');
    assert.equal(await one.rule(spend({ amount: 2 })), 'review');
  });

  it('is shown on the record, with how many other cases it is of', async () => {
    await (await world.open()).spends(spend());
    await (await world.open()).spends(spend({ amount: 1 }));
    const one = await world.open();
    await one.rule(spend());
    const shown = (await one.seen()).sums.find(({ sum }) => sum === 'onOrder');
    assert.deepEqual(shown, { sum: 'onOrder', own: 998, others: 999, otherCases: 2 });
  });

  it('is given by nobody: a fact of its name is refused', async () => {
    const one = await world.open();
    await assert.rejects(one.rule(spend(), { given: { onOrder: 0 } }), { type: 'facts-invalid' });
  });

  it('is ruled on once: a second try of the step reads the first ruling back', async () => {
    const one = await world.open();
    assert.equal(await one.rule(spend(), { key: `${one.caseId}/k` }), 'allow');
    await (await world.open()).spends(spend());
    assert.equal(await one.rule(spend(), { key: `${one.caseId}/k` }), 'allow');
  });
});

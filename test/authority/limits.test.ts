import assert from 'node:assert/strict';
import { isWithinLimit } from '../../store/authority-limits.ts';
import { controlsOf } from '../../store/switches.ts';
import { type AuthorityWorld, authorityWorld } from './world.ts';

describe('a limit of authority', function () {
  this.timeout(120_000);
  let world: AuthorityWorld;
  before(async () => void (world = await authorityWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.people();
    await world.pool.query('delete from delegations');
    for (const person of Object.keys({ anna: 1, ben: 1, dan: 1 })) await world.limits(person);
    await queueLimits();
  });
  const queueLimits = (...limits: { amount: number; currency: string }[]) =>
    world.call('PUT', '/queues/buyers/limits', 'amos', { limits });
  const eur = (amount: number) => ({ amount, currency: 'EUR' });

  it('lets somebody approve up to it, to the cent; who has none approves anything', async () => {
    await world.limits('anna', eur(500));
    assert.equal(await world.decide(await (await world.open({ amount: 500 })).ask(), 'anna'), '200');
    const id = await (await world.open({ amount: 501 })).ask();
    const got = await world.post(id, 'decision', 'anna', { verdict: 'approved', version: 1 });
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [403, 'limit-exceeded', '/terms/amount']);
    assert.equal(await world.decide(id, 'ben'), '200');
  });

  it('holds in its currency: any other is outside it', async () => {
    await world.limits('anna', eur(1_000));
    assert.equal(await world.decide(await (await world.open({ currency: 'JPY' })).ask(), 'anna'), '403 limit-exceeded');
    await world.limits('anna', eur(1_000), { amount: 500, currency: 'JPY' });
    assert.equal(await world.decide(await (await world.open({ currency: 'JPY' })).ask(), 'anna'), '200');
  });

  it('is about every line by its size: what is taken back in one makes no other smaller', async () => {
    await world.limits('anna', eur(1_000));
    const within = (...amounts: number[]) =>
      isWithinLimit(
        world.pool,
        'anna',
        'buyers',
        { each: ['lines'], amount: 'amount', currency: 'currency' },
        {
          lines: amounts.map((amount) => ({ amount, currency: 'EUR' })),
        },
      );
    assert.deepEqual(await Promise.all([within(1_000), within(), within(1_500, -1_400), within(-1_001)]), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('is not needed to say no, nor to send back', async () => {
    await world.limits('anna', eur(1));
    const rejected = await (await world.open()).ask();
    assert.equal(await world.decide(rejected, 'anna', { verdict: 'rejected', because: 'too dear' }), '200');
    const returned = await (await world.open()).ask();
    assert.equal((await world.post(returned, 'return', 'anna', { because: 'which order?', version: 1 })).status, 200);
  });

  it('is about the amount as amended', async () => {
    await world.limits('anna', eur(400));
    const of = await world.open({ amount: 500 });
    const id = await of.ask();
    const amend = (amount: number) => ({ amend: { amount }, because: 'as agreed' });
    const got = await world.post(id, 'decision', 'anna', { verdict: 'approved', version: 1, ...amend(401) });
    assert.deepEqual([got.body.code, got.body.errors[0].field], ['limit-exceeded', '/amend/amount']);
    assert.equal(await world.decide(id, 'anna', amend(400)), '200');
    await of.ruleAgain(400);
    assert.equal(await of.writes(id, 400), 'done');
  });

  it('is the queue’s for whoever has none of their own in it', async () => {
    await queueLimits(eur(100));
    await world.limits('ben', eur(600));
    const id = await (await world.open()).ask();
    assert.equal(await world.decide(id, 'anna'), '403 limit-exceeded');
    assert.equal(await world.decide(id, 'ben'), '200');
  });

  it('is looked at again when something is written', async () => {
    await world.limits('anna', eur(500));
    const of = await world.open();
    const id = await of.ask();
    assert.equal(await world.decide(id, 'anna'), '200');
    for (const lower of [eur(499), { amount: 9_999, currency: 'USD' }]) {
      await world.limits('anna', lower);
      assert.match(await of.writes(id), /^approval-invalid: .*limit/);
    }
    assert.equal(await world.written(of.caseId), 0);
    await world.limits('anna', eur(500));
    assert.equal(await of.writes(id), 'done');
  });

  it('lowered while a write is tried, keeps it from being begun', async () => {
    await world.limits('anna', eur(500));
    const of = await world.open();
    const id = await of.ask();
    await world.decide(id, 'anna');
    const lost = async () => (await controlsOf(world.pool, 'spend', 'ledger.postCreditNote', [id])).lost;
    assert.equal(await lost(), null);
    await world.limits('anna', eur(499));
    assert.equal(await lost(), 'anna, whose limit is lower');
    await world.limits('anna', eur(500));
    await world.deactivate('anna');
    assert.equal(await lost(), 'anna, who is no longer active');
    await world.deactivate('anna', true);
  });

  it('holds of both, where one stands in for the other', async () => {
    await world.delegates('anna', 'dan');
    const tries = async (limits: [string, number, string?][]) => {
      for (const person of ['anna', 'dan']) await world.limits(person);
      for (const [person, amount, queue] of limits)
        await world.limits(person, { ...eur(amount), ...(queue ? { queue } : {}) });
      return world.decide(await (await world.open({ amount: 500 })).ask(), 'dan');
    };
    assert.equal(await tries([]), '200');
    assert.equal(await tries([['anna', 499]]), '403 limit-exceeded');
    assert.equal(await tries([['dan', 499]]), '403 limit-exceeded');
    assert.equal(await tries([['dan', 499, 'directors']]), '403 limit-exceeded', 'what limits them at home, does here');
    assert.equal(
      await tries([
        ['anna', 500],
        ['dan', 500, 'directors'],
      ]),
      '200',
    );
  });

  it('of the delegator or of the delegate, lowered meanwhile, keeps the write from being made', async () => {
    await world.delegates('anna', 'dan');
    for (const person of ['anna', 'dan']) {
      const of = await world.open();
      const id = await of.ask();
      assert.equal(await world.decide(id, 'dan'), '200');
      await world.limits(person, eur(499));
      assert.match(await of.writes(id), /^approval-invalid: .*limit/);
      await world.limits(person);
    }
  });

  it('is said by administrators, and seen by the person, auditors and administrators', async () => {
    const path = '/people/anna/limits';
    const read = async (as: string) => world.said(await world.call('GET', path, as));
    assert.deepEqual(await Promise.all(['anna', 'ada', 'amos', 'ben'].map(read)), [
      ...['200', '200', '200'],
      '404 not-found',
    ]);
    assert.equal(world.said(await world.call('PUT', path, 'anna', { limits: [] })), '403 role-missing');
    assert.equal(world.said(await world.call('GET', '/queues/buyers/limits', 'anna')), '200');
    assert.equal(world.said(await world.call('GET', '/queues/buyers/limits', 'dan')), '403 not-your-queue');
    assert.equal(world.said(await world.call('GET', '/queues/none/limits', 'amos')), '404 not-found');
    const wrong: [object[], string][] = [
      [[{ queue: 'buyer', ...eur(1) }], '/limits/0/queue'],
      [
        [
          { queue: 'buyers', ...eur(1) },
          { queue: 'buyers', ...eur(2) },
        ],
        '/limits/1/currency',
      ],
      [[{ queue: 'buyers', amount: 1.5, currency: 'EUR' }], '/limits/0/amount'],
      [[{ queue: 'buyers', amount: 1, currency: 'euro' }], '/limits/0/currency'],
    ];
    for (const [limits, field] of wrong) {
      const { body } = await world.call('PUT', path, 'amos', { limits });
      assert.deepEqual([body.code, body.errors[0].field], ['request-invalid', field]);
    }
    await world.limits('anna', eur(7));
    const { body } = await world.call('GET', path, 'ada');
    assert.deepEqual([body.limits, body.by], [[{ queue: 'buyers', ...eur(7) }], 'amos']);
  });
});

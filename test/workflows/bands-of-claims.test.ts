import assert from 'node:assert/strict';
import { ago, goodNotice, policy, records } from './insurance-claim/good-notice.ts';
import { claimsWorld, type ClaimsWorld } from './insurance-claim/world.ts';

/** Each is plain and small; they differ in cause, so that none is a duplicate. */
const causes = ['hail', 'theft', 'glass', 'collision'];
const claim = (n: number, more: object = {}) => goodNotice({ cause: causes[n], ...said(causes[n]!), ...more });
const said = (cause: string) => ({ narrative: `On ${ago(10)} we had a ${cause} loss. Estimate $4,500.37.` });

describe('claims that are split', function () {
  this.timeout(120_000);
  let world: ClaimsWorld;
  before(async () => void (world = await claimsWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    const held = records();
    held.policies.policies.push({ ...policy, policyNumber: 'CA-2' });
    await world.seed(held);
  });

  const paidByRule = async (notice: ReturnType<typeof claim>) =>
    (await world.closed(await world.report(notice))).outcome === 'settled';
  const askedOf = async (notice: ReturnType<typeof claim>) =>
    (await world.asked(await world.report(notice), 'settle-1')).owner;

  it('on one policy go to finance once they come to what no rule pays', async () => {
    const payees = ['Ida Holm', 'Ole Vik', 'Una Berg'];
    assert.ok(await paidByRule(claim(0, { payee: payees[0] })));
    assert.ok(await paidByRule(claim(1, { payee: payees[1] })));
    assert.equal(await askedOf(claim(2, { payee: payees[2] })), 'claims-finance');
  });

  it('to one payee on several policies, too, however the payee is spelled', async () => {
    assert.ok(await paidByRule(claim(0, { payee: 'Ida Holm' })));
    assert.ok(await paidByRule(claim(1, { payee: 'IDA  HOLM', policyNumber: 'CA-2' })));
    assert.equal(await askedOf(claim(2, { payee: 'ida holm', policyNumber: 'CA-2' })), 'claims-finance');
  });
});

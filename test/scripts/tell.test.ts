import assert from 'node:assert/strict';
import { told } from '../../scripts/tell.ts';

const line = (type: string, body: object, key = 'refund/R-1/review-1', actor = 'baton') =>
  told({ type, key, actor, body });

describe('a line of the record, told', () => {
  it('says who is asked for what, and what is at stake', () => {
    const terms = { requestId: 'R-1', amount: 54_900, payouts: [{ id: 'payout-1' }], returns: [], reply: '' };
    const said = line('handoff.opened', { owner: 'support-leads', terms });
    assert.equal(said, 'asks support-leads: review, requestId R-1, amount 54900, payouts 1');
  });

  it('says who decided, and says an expiry once', () => {
    const because = 'the order is pending';
    assert.equal(
      line('handoff.decided', { verdict: 'approved', because, edits: {} }, undefined, 'leo'),
      'leo says approved to review, with changes: the order is pending',
    );
    assert.equal(line('handoff.decided', { verdict: 'expired', because: 'nobody answered' }), undefined);
  });

  it('tells a write when it is intended, and again only when it did not stay', () => {
    const key = 'refund/R-1/payCustomer:payout-1-1';
    const intended = { operation: 'payments.refund', input: { amount: 700, currency: 'EUR' } };
    assert.equal(line('action.intended', intended, key), 'writes payments.refund: amount 700, currency EUR');
    assert.equal(line('action.done', { result: {} }, key), undefined);
    assert.equal(line('action.compensated', {}, key), 'compensates payCustomer:payout-1');
    assert.match(
      line(
        'handoff.opened',
        { task: 'undo-failed', owner: 'finance', packet: { because: 'refused' } },
        `${key}/undo-failed`,
      )!,
      /leaves payCustomer:payout-1 to finance .*refused/,
    );
  });

  it('tells a line of a kind it does not know by its name', () => {
    assert.equal(line('claim.weighed', {}), 'claim.weighed review');
  });
});

import assert from 'node:assert/strict';
import { happened } from '../../outbound/cloud-event.ts';
import { eventTypes, isTold } from '../../outbound/event-types.ts';
import type { Facts, HandoffFacts } from '../../store/event-facts.ts';
import type { OutgoingLine } from '../../store/outbox.ts';

const line: OutgoingLine = {
  ...{ caseId: 'refund/R-1', seq: 7, process: 'refund', key: 'refund/R-1/review-1', at: '2026-03-02T09:00:00.000Z' },
  ...{ type: 'handoff.opened', actor: 'leo', body: {} },
};
const instant = new Date('2026-03-02T10:00:00.000Z');
const handoff: HandoffFacts = {
  ...{
    id: 'refund/R-1/review-1',
    kind: 'decision',
    name: 'review',
    owner: 'support-leads',
    firstOwner: 'support-leads',
  },
  ...{ atRiskAt: instant, escalatesAt: instant, expiresAt: instant },
};
const action = { key: 'refund/R-1/payCustomer-1', action: 'payCustomer', operation: 'payments.pay' };
const facts = (over: Partial<HandoffFacts> = {}): Facts => ({
  handoffOf: ({ type }) => (type.startsWith('handoff.') ? { ...handoff, ...over } : undefined),
  actionOf: ({ type }) => (type.startsWith('action.') ? action : undefined),
});
const queues = new Set(['support-leads', 'support-managers']);
const eventOf = (more: Partial<OutgoingLine>, of = facts()) => {
  const { json, ...rest } = happened({ ...line, ...more }, of, queues)!;
  return { ...rest, event: JSON.parse(json) };
};

/** As much as a line of any type may hold that is nobody's business outside. */
const secrets = {
  ...{ request: { message: 'SECRET' }, packet: { letter: 'SECRET' }, terms: { amount: 'SECRET' }, because: 'SECRET' },
  ...{ result: 'SECRET', impact: 'SECRET', input: 'SECRET', reference: 'SECRET', person: 'SECRET', by: 'SECRET' },
  ...{ question: 'SECRET', answer: 'SECRET', comment: 'SECRET', from: 'SECRET', flag: 'SECRET', edits: 'SECRET' },
};

describe('an event that goes out', () => {
  for (const type of Object.keys(eventTypes).filter(isTold))
    it(`holds nothing of the line but what its type names: ${type}`, () => {
      const body = { ...secrets, owner: 'support-leads', verdict: 'approved', outcome: 'refunded', found: 'applied' };
      const { event } = eventOf({ type, actor: 'SECRET', body });
      assert.ok(!JSON.stringify(event).includes('SECRET'));
      const { shape } = eventTypes[type].data;
      assert.ok(eventTypes[type].data.strict().safeParse(event.data).success, JSON.stringify(event.data));
      assert.ok(Object.keys(event.data).every((field) => field in shape));
    });

  it('names a queue, and never a person', () => {
    assert.equal(eventOf({ body: { owner: 'support-leads' } }).event.data.queue, 'support-leads');
    assert.equal(
      eventOf({ type: 'handoff.escalated', body: { from: 'support-leads', to: 'support-managers' } }).event.data.queue,
      'support-managers',
    );
    const personal = facts({ owner: 'greta', firstOwner: 'greta' });
    for (const type of ['handoff.opened', 'handoff.at-risk', 'handoff.decided', 'handoff.reassigned']) {
      const { event, queues } = eventOf({ type, body: { owner: 'greta', to: 'greta', role: 'greta' } }, personal);
      assert.deepEqual([event.data.queue, queues], [undefined, []], type);
    }
  });

  it('names the queue that a question went to, and once it is answered the one that asked', () => {
    const body = { handoff: handoff.id, to: 'support-managers' };
    assert.equal(eventOf({ type: 'handoff.asked', body }).event.data.queue, 'support-managers');
    assert.equal(eventOf({ type: 'handoff.answered', body }).event.data.queue, 'support-leads');
  });

  it('leaves out what does not keep its contract, and goes out all the same', () => {
    const { event } = eventOf({ type: 'handoff.decided', body: { verdict: 'maybe, said Ida', role: 7 } });
    assert.equal('verdict' in event.data, false);
    assert.equal(event.data.name, 'review');
    for (const body of [null, 'text', 7, []])
      assert.equal(eventOf({ type: 'case.closed', body }).event.type, 'baton.case.closed');
  });

  it('is none of a line that nobody is told of', () => {
    for (const type of ['inference.answered', 'context.assembled', 'toString', 'constructor'])
      assert.equal(happened({ ...line, type }, facts(), queues), undefined);
  });
});

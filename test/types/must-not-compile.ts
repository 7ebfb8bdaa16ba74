/** What the types must refuse: `npm run types` fails where one of these begins to compile. Never run. */
import { action, defineProcess, handoff, inference } from '../../core/declare/define.ts';
import { approvedBy, type Approval } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { startCase } from '../../temporal/start-case.ts';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { definition } from '../../workflows/refund/definition.ts';
import { goodRequest } from '../workflows/refund-request.ts';

defineWorkflow<typeof definition>(
  'refund',
  async (request, { assemble, infer, check, handOff, act, receive, conclude }) => {
    const { requestId, message, wishes } = request;
    const payout = { id: 'p', orderId: 'o', paymentMethodId: 'm', amount: 1, currency: 'EUR' };
    const terms = {
      requestId,
      customerId: 'c',
      returns: [],
      cancellations: [],
      payouts: [payout],
      amount: 1,
      reply: '',
    };
    // @ts-expect-error context that was not declared
    await assemble({ shoeSize: { orderIds: [] } });
    const { orders } = await assemble({ orders: { orderIds: [] } });
    // @ts-expect-error only what was asked for comes back
    (await assemble({ orders: { orderIds: [] } })).customer;
    // @ts-expect-error the customer may not be found
    (await assemble({ customer: {} })).customer.customerId;

    const facts = {
      identified: true,
      wish: 'return' as const,
      orderFound: true,
      ownOrder: true,
      namedTwice: false,
      status: 'delivered',
      reason: '',
      itemsInOrder: true,
      refundTo: 'original' as const,
      orders: 1,
      amount: 1,
      overWorth: 0,
      inferred: false,
      confirmed: true,
      supported: true,
      confident: true,
    };
    // @ts-expect-error facts are missing
    await check.eligibility({ amount: 1 }, terms);
    // @ts-expect-error a policy that was not declared
    await check.generosity(facts, terms);
    const ruling = await check.eligibility(facts, terms);
    // @ts-expect-error an untested ruling is no approval
    approvedBy(ruling);
    // @ts-expect-error 'maybe' is not one of its verdicts
    ruling.verdict === 'maybe';

    // @ts-expect-error a write without approval
    await act.tellCustomer({ requestId, reply: '' });
    // @ts-expect-error an approval is not written by hand
    const forged: Approval<'refund', typeof terms> = {
      verdict: 'approved',
      reference: 'x',
      by: 'me',
      on: 'refund',
      terms,
      amended: false,
    };
    // @ts-expect-error the packet lacks what the owner must be shown
    await handOff.review({ request, orders }, terms);
    const decision = await handOff.review({ request, orders, summary: '', evidence: [], rule: '' }, terms);
    // @ts-expect-error a decision that may be a refusal is no approval
    await act.tellCustomer({ requestId, reply: '' }, decision);
    if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });
    // @ts-expect-error an action that was not declared
    await act.deleteCustomer({ requestId }, decision);
    // @ts-expect-error an input field that the action does not take
    await act.tellCustomer({ requestId, reply: '', amount: 1 }, decision);
    // @ts-expect-error a message can fail, and then has no id
    (await act.tellCustomer({ requestId, reply: '' }, decision)).messageId;
    const taken = await handOff.takeOver({ request, orders, summary: '', rule: '' });
    // @ts-expect-error a hand-over approves no terms
    await handOff.takeOver({ request, orders, summary: '', rule: '' }, { requestId });
    // @ts-expect-error leave to take over is no leave to pay
    if (taken.verdict === 'approved') await act.tellCustomer({ requestId, reply: '' }, taken);

    // @ts-expect-error an event that was not declared
    await receive.apology({ requestId });
    // @ts-expect-error the customer may not answer in time
    (await receive.confirmation({ requestId })).answer;
    // @ts-expect-error the model is not shown what it was not declared to see
    await infer.assess({ message, wishes, orders, claims: request.claims });
    const { answer } = await infer.assess({ message, wishes, orders });
    // @ts-expect-error the model sets no money: it has no such field
    answer.amount;
    // @ts-expect-error an outcome that was not declared
    conclude.forgotten({});
    // @ts-expect-error a measure that was not declared
    conclude.refunded({ amount: 1, refundIds: [] }, { saved: 1 });
    // @ts-expect-error its rules say nothing beside the verdict
    ruling.outputs.owner;
    void forged;
    return conclude.declined({ because: 'x' });
  },
);

const client = {} as Client;
// @ts-expect-error a process that does not exist
await startCase(client, 'refunds', goodRequest());
// @ts-expect-error a request without its message
await startCase(client, 'refund', { requestId: 'r', claims: {}, wishes: [], confirmed: true });

const plain = {
  name: 'x',
  owner: 'o',
  request: z.object({ id: z.string() }),
  terms: { t: z.object({ a: z.string() }) },
  outcomes: {},
  context: {},
  inferences: {},
  policies: {},
  handoffs: {},
  events: {},
};
const base = { does: 'a.b', input: z.object({}), output: z.object({}) } as const;
defineProcess({ ...plain, key: ['id'], actions: {} });
// @ts-expect-error a key that the request does not have
defineProcess({ ...plain, key: ['number'], actions: {} });
// @ts-expect-error terms that were not declared
defineProcess({ ...plain, key: ['id'], actions: { go: action({ ...base, on: 'nothing', compensatedBy: 'a.c' }) } });
// @ts-expect-error a write has an undo or a reason why it has none
action({ ...base, on: 't' });

const asked = {
  instructions: 'Read.',
  given: z.object({ text: z.string() }),
  confidenceThreshold: 0.8,
  retryFor: '1 minutes',
} as const;
const answered = { returns: z.object({ quote: z.string() }), fallback: { quote: '' } };
inference({ ...asked, ...answered, quotesFrom: ['text'] });
// @ts-expect-error quotes from what the model is not given
inference({ ...asked, ...answered, quotesFrom: ['letter'] });

handoff({
  owner: 'a',
  answerWithin: '1 hours',
  escalateTo: 'b',
  expiresAfter: '2 hours',
  requires: z.object({ why: z.string() }),
  // @ts-expect-error a rework changes only what the packet has
  rework: { atMost: 1, to: 'requester', within: '1 hours', then: 'rejected', mayChange: { packet: ['other'] } },
});

import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents, Total } from '../../core/declare/values.ts';
import { Exception } from './request.ts';
import changes from './tables/changes.json' with { type: 'json' };
import ladder from './tables/ladder.json' with { type: 'json' };
import limits from './tables/limits.json' with { type: 'json' };

/** The closed list. A person may do anything; rules and model choose from this. */
export const remedies = [
  ...(['reship', 'credit', 'refund', 'cancel-line', 'correct-address', 'release-hold', 'explain'] as const),
] as const;

/** Who is asked. Holds are released by those who may, and by nobody else. */
export const owners = ['support-leads', 'support-managers', 'order-management', 'credit-control', 'risk'] as const;
const outputs = z.strictObject({ owner: z.enum(owners).optional() });

const Tier = z.enum(['standard', 'silver', 'gold']);

/** What changed hands with a customer, by changes and remedies alike. */
const worthInAll = { of: 'orders.amount', per: ['customerId'], within: '30 days' } as const;

export const policies = {
  changes: policy({
    on: 'resolution',
    verdicts: ['allow', 'review', 'wait', 'transfer', 'deny'],
    outputs,
    facts: z.strictObject({
      identified: z.boolean(),
      wish: z.enum(['exchange', 'change-items', 'change-payment', 'change-address', 'change-default-address', 'other']),
      ownAccount: z.boolean(),
      orderFound: z.boolean(),
      ownOrder: z.boolean(),
      wantedTwice: z.boolean(),
      status: z.string(),
      itemsInOrder: z.boolean(),
      itemForItem: z.boolean(),
      onOffer: z.boolean(),
      sameItem: z.boolean(),
      ownMethod: z.boolean(),
      paidOnce: z.boolean(),
      sameMethod: z.boolean(),
      covered: z.boolean(),
      touched: z.int(),
      /** What the items are worth that are swapped, or that go to another address or payment method. */
      goods: Cents,
      difference: Cents,
      asPlanned: z.boolean(),
      inferred: z.boolean(),
      confirmed: z.boolean(),
      supported: z.boolean(),
      confident: z.boolean(),
      worthInAll: Total,
      ordersInAll: Total,
    }),
    sums: {
      worthInAll,
      ordersInAll: { of: 'orders.orderId', per: ['customerId'], within: '7 days' },
    },
    countedOn: ['allow', 'review'],
    table: changes,
  }),
  ladder: policy({
    on: 'finding',
    verdicts: ['found', 'transfer'],
    outputs: outputs.extend({
      remedy: z.enum(remedies).optional(),
      /** A credit: how much of what the items are worth, or of what was charged too much. */
      percent: z.int().min(0).max(100).optional(),
      of: z.enum(['value', 'overcharge']).optional(),
    }),
    facts: z.strictObject({
      kind: Exception.shape.kind,
      status: z.string(),
      orderFound: z.boolean(),
      itemsInOrder: z.boolean(),
      tier: Tier,
      value: Cents,
      handedOver: z.boolean(),
      delivered: z.boolean(),
      returned: z.boolean(),
      attempts: z.int(),
      daysLate: z.int(),
      daysSilent: z.int(),
      available: z.boolean(),
      newAddress: z.boolean(),
      hold: z.enum(['none', 'credit', 'fraud']),
      overcharge: Cents,
      listed: z.boolean(),
    }),
    table: ladder,
  }),
  limits: policy({
    on: 'resolution',
    verdicts: ['allow', 'review', 'wait', 'transfer'],
    outputs,
    facts: z.strictObject({
      remedy: z.enum(remedies),
      tier: Tier,
      pending: z.boolean(),
      handedOver: z.boolean(),
      creditedBefore: z.boolean(),
      creditedForThis: z.boolean(),
      reshippedBefore: z.boolean(),
      value: Cents,
      paidFor: z.boolean(),
      amount: Cents,
      creditedOnOrder: Cents,
      creditedThisQuarter: Cents,
      otherCurrency: z.boolean(),
      asPlanned: z.boolean(),
      confirmed: z.boolean(),
      agreed: z.boolean(),
      confident: z.boolean(),
      worthInAll: Total,
      creditsOnOrder: Total,
      creditsOfCustomer: Total,
    }),
    sums: {
      worthInAll,
      creditsOnOrder: { of: 'credits.amount', per: ['orderId'], within: '365 days' },
      creditsOfCustomer: { of: 'credits.amount', per: ['customerId'], within: '92 days' },
    },
    countedOn: ['allow', 'review'],
    table: limits,
  }),
};

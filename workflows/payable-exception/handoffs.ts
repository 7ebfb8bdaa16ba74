import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { RuleName, ValueName } from '../../core/declare/values.ts';
import { Finding } from './inferences.ts';
import { approvers, exceptionOwners } from './policies.ts';
import { Invoice, Request } from './request.ts';
import { Order, Receipt, Vendor } from './sources.ts';

/** What every owner sees. */
const Packet = z.object({
  invoice: Invoice,
  supplier: Request.shape.supplier,
  vendor: Vendor.nullable(),
  order: Order.nullable(),
  receipts: z.array(Receipt),
  rule: RuleName,
  findings: z.array(Finding),
  /** Where an account is to be confirmed: the number on file, never one that the invoice names. */
  callBack: z.string().nullable(),
  supplierAnswer: z.string(),
  summary: z.string(),
  evidence: z.array(z.string()),
});

export const handoffs = {
  /** Approved: the exception is accepted, and the invoice goes on as billed. Returned: the records were put right, look again. */
  hold: handoff({
    on: 'exception',
    owner: { by: 'ruling', among: exceptionOwners },
    answerWithin: '8 business hours',
    escalateTo: 'finance-managers',
    expiresAfter: '10 business days',
    rework: { atMost: 5, then: 'escalated' },
    /** `named`: what the model calls the exception; the rule stands whatever it says. */
    requires: Packet.extend({ named: ValueName, draft: z.string() }),
    mayAmend: [],
    limitedBy: { amount: 'gross', currency: 'currency' },
    reasonFor: ['approved', 'rejected'],
    drafts: ['named', 'summary', 'draft'],
    whenUnsure: 'hide the draft',
  }),
  /** Whoever accepted the exception does not release the payment. */
  release: handoff({
    on: 'posting',
    owner: { by: 'ruling', among: approvers },
    notBy: ['hold', 'countersign'],
    answerWithin: '2 business days',
    escalateTo: 'chief-executive',
    expiresAfter: '10 business days',
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'gross', currency: 'currency' },
    reasonFor: ['rejected'],
    drafts: ['summary'],
    whenUnsure: 'hide the draft',
  }),
  countersign: handoff({
    on: 'posting',
    owner: 'controllers',
    notBy: ['hold', 'release'],
    answerWithin: '2 business days',
    escalateTo: 'chief-executive',
    expiresAfter: '10 business days',
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'gross', currency: 'currency' },
    reasonFor: ['rejected'],
    drafts: ['summary'],
    whenUnsure: 'hide the draft',
  }),
  reply: handoff({
    on: 'reply',
    owner: { by: 'ruling', among: exceptionOwners },
    answerWithin: '8 business hours',
    escalateTo: 'finance-managers',
    expiresAfter: '5 business days',
    requires: z.object({
      invoice: Invoice,
      findings: z.array(Finding),
      refusedBy: z.string(),
      because: z.string(),
      /** The row of `wording` that refused what was drafted or written before; empty where nothing was. */
      refusedWording: RuleName,
    }),
    mayAmend: ['message'],
    ruledAgainBy: 'wording',
    drafts: ['message'],
    whenUnsure: 'hide the draft',
  }),
};

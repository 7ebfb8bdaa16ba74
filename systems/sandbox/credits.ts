import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';

const CreditInput = z.object({
  customerId: Reference,
  orderId: Reference,
  amount: Cents,
  currency: Currency,
  reason: text(200),
});
const Credit = kind(
  'credits.credits',
  'creditId',
  CreditInput.extend({ creditId: Reference, issuedAt: z.iso.datetime(), spent: z.boolean() }),
  ({ customerId }) => [`customer:${customerId}`],
);

export const credits: SystemOfRecord = {
  name: 'credits',
  kinds: [Credit],
  reads: {
    ofCustomer: operation(z.strictObject({ customerId: z.string() }), ({ customerId }, records) =>
      records.having(Credit, `customer:${customerId}`),
    ),
  },
  writes: {
    issue: operation(CreditInput, async (input, records) => {
      const creditId = newId('CRD');
      records.put(Credit, { ...input, creditId, issuedAt: new Date().toISOString(), spent: false });
      return { creditId };
    }),
    reverse: operation(z.object({ result: z.object({ creditId: Reference }) }), async ({ result }, records) => {
      const credit = await existing(records, Credit, result.creditId, 'credit');
      if (credit.spent) throw new Refusal('credit-spent', `The credit ${credit.creditId} has been spent.`);
      records.remove(Credit, credit);
      return { creditId: credit.creditId };
    }),
  },
};

import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { existing, type Kind, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';

const PayInput = z.object({ claimId: Reference, payee: text(500), amount: Cents.min(1), currency: Currency });
/** `issued` until the bank reports it `cleared`; only then it is too late to stop it. */
const PaymentBody = PayInput.extend({ paymentId: Reference, status: z.enum(['issued', 'cleared']) });
const Payment: Kind<z.infer<typeof PaymentBody>> = kind('disbursements.payments', 'paymentId', PaymentBody);

export const disbursements: SystemOfRecord = {
  name: 'disbursements',
  kinds: [Payment],
  reads: {},
  writes: {
    pay: operation(PayInput, async (input, records) => {
      const paymentId = newId('PAY');
      records.put(Payment, { ...input, paymentId, status: 'issued' as const });
      return { paymentId };
    }),
    stop: operation(z.object({ result: z.object({ paymentId: Reference }) }), async ({ result }, records) => {
      const payment = await existing(records, Payment, result.paymentId, 'payment');
      if (payment.status === 'cleared')
        throw new Refusal('payment-cleared', `Payment ${payment.paymentId} has cleared: it can only be recovered.`);
      records.remove(Payment, payment);
      return { paymentId: payment.paymentId };
    }),
  },
};

import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const AccountBody = z.object({
  customerId: Reference,
  paymentMethod: text(100),
  paperless: z.boolean(),
  /** Of the invoice that has been overdue longest; 0 where none is. */
  oldestOverdueDays: z.int().min(0),
});
export const Account = kind('billing.accounts', 'customerId', AccountBody);

export const billing: SystemOfRecord = {
  name: 'billing',
  kinds: [Account],
  reads: {
    accountOf: operation(
      z.strictObject({ customerId: z.string() }),
      async ({ customerId }, records) => (await records.get(Account, customerId)) ?? null,
    ),
  },
  writes: {},
};

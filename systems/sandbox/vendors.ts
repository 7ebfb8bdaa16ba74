import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { vatNumber } from '../../rules/canonical.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const VendorBody = z.object({
  vendorId: Reference,
  name: text(500),
  vatId: Reference,
  country: text(2),
  poMandatory: z.boolean(),
  phoneOnFile: text(100),
  bankAccounts: z.array(z.object({ iban: Reference, verified: z.boolean(), since: z.iso.date().optional() })),
  blocked: z.boolean(),
});

const byVatId = (vatId: string) => `vat:${vatNumber(vatId)}`;

export const Vendor = kind('vendors.vendors', 'vendorId', VendorBody, ({ vatId }) => [byVatId(vatId)]);

export const vendors: SystemOfRecord = {
  name: 'vendors',
  kinds: [Vendor],
  reads: {
    // Two vendors with one number are nobody in particular.
    byVatId: operation(z.strictObject({ vatId: z.string() }), async ({ vatId }, records) => {
      const [vendor, ...others] = vatId.trim() === '' ? [] : await records.having(Vendor, byVatId(vatId));
      return vendor && others.length === 0 ? vendor : null;
    }),
  },
  writes: {},
};

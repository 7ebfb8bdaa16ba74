import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';
import { Vendor } from './vendors.ts';

/** As in the Peppol invoice response. */
const ResponseInput = z.object({
  vendorId: Reference,
  invoiceNumber: Reference,
  statusCode: text(2),
  reasonCode: text(3).nullable(),
  actionCode: text(3),
  message: text(5_000),
});
const Response = kind('suppliers.responses', 'responseId', ResponseInput.extend({ responseId: Reference }));

export const suppliers: SystemOfRecord = {
  name: 'suppliers',
  kinds: [Response],
  reads: {},
  writes: {
    respond: operation(ResponseInput, async (input, records) => {
      await existing(records, Vendor, input.vendorId, 'vendor');
      const responseId = newId('RES');
      records.put(Response, { ...input, responseId });
      return { responseId };
    }),
  },
};

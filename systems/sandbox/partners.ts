import { z } from 'zod';
import { mailDomain } from '../../rules/canonical.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const Registration = kind(
  'partners.registrations',
  'registrationId',
  z.object({ registrationId: Reference, domain: text(320), partner: text(200), open: z.boolean() }),
  ({ domain }) => [`domain:${mailDomain(domain)}`],
);

export const partners: SystemOfRecord = {
  name: 'partners',
  kinds: [Registration],
  reads: {
    /** The deal at this domain that a partner has registered and still works on. */
    registrationOf: operation(z.strictObject({ domain: z.string() }), async ({ domain }, records) => {
      const registered = await records.having(Registration, `domain:${mailDomain(domain)}`);
      return registered.find(({ open }) => open) ?? null;
    }),
  },
  writes: {},
};

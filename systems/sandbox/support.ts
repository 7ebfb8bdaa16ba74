import { z } from 'zod';
import { Reference } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const TicketsBody = z.object({
  customerId: Reference,
  ticketsIn90Days: z.int().min(0),
  openSeverity1: z.int().min(0),
});
export const Tickets = kind('support.tickets', 'customerId', TicketsBody);

export const support: SystemOfRecord = {
  name: 'support',
  kinds: [Tickets],
  reads: {
    /** Who never wrote a ticket has none. */
    ticketsOf: operation(
      z.strictObject({ customerId: z.string() }),
      async ({ customerId }, records) =>
        (await records.get(Tickets, customerId)) ?? { customerId, ticketsIn90Days: 0, openSeverity1: 0 },
    ),
  },
  writes: {},
};

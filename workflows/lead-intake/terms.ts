import { tierOf } from './facts.ts';
import { firstNumber, mailboxOf } from './fields.ts';
import type { Seen } from './look.ts';
import type { Entry, Lead } from './types.ts';

/** What is kept of a lead, under the decision that was taken on it. */
export function entryOf(lead: Lead, seen: Seen, decision: Entry['decision']): Entry {
  const { leadId, firstName, lastName, phone, company, budget, currency, message, channel, form, consent } = lead;
  return {
    ...{ leadId, firstName, lastName, phone, company, budget, currency, message, channel, form, consent },
    email: mailboxOf(lead.email),
    country: seen.stated.outputs.code || null,
    territory: seen.territory || null,
    employees: firstNumber(lead.employees),
    tier: tierOf(seen),
    decision,
    contactId: decision === 'merge' ? (seen.contact?.contactId ?? null) : null,
  };
}

/** What a lead is worth that nobody sells to, and one that nobody answered. */
export const noPipeline = { pipelineValue: 0 };
export const lost = { ...noPipeline, touchedInTime: false };

/** What a lead is worth that was answered: the budget it stated. */
export const worthOf = ({ budget }: Lead, { minutes, inTime }: { minutes: number; inTime: boolean }) => ({
  ...{ minutesToFirstTouch: minutes, touchedInTime: inTime },
  ...(budget === null ? {} : { pipelineValue: budget }),
});

import type { Seen } from './look.ts';
import { firstNumber, isBlank, isUsablePhone, linksIn, mailboxOf } from './fields.ts';
import type { CompanyAndBehaviour, Entry, Facts, Lead } from './types.ts';

/** What of a lead its words, its form and its size may tell. */
export function signalsIn({ message, form, honeypot, employees, budget }: Lead): Facts<'signals'> {
  const words = (message ?? '').toLowerCase();
  return {
    ...{ message: words, form: form ?? '', honeypotFilled: !isBlank(honeypot), links: linksIn(words) },
    ...{ employees: firstNumber(employees) ?? 0, budget: budget ?? 0 },
  };
}

export const tierOf = ({ signs }: Seen): number => (signs.buying > 0 ? 1 : 2);

export function routingFacts(lead: Lead, seen: Seen, cleared: boolean): Facts<'routing'> {
  const { account, contact, registration, optOut, stated, connection, mail, signs, territory } = seen;
  return {
    reachable: mailboxOf(lead.email) !== null || isUsablePhone(lead.phone),
    spam: signs.spam > 0,
    optedOut: optOut.optedOut,
    sanctioned: [stated.verdict, connection.verdict].includes('sanctioned'),
    cleared,
    mailDomain: mail.verdict,
    job: signs.job > 0,
    support: signs.support > 0,
    tier: tierOf(seen),
    customer: account?.customer ?? false,
    knownContact: contact !== null,
    registered: registration !== null,
    knownAccount: account !== null,
    enterprise: signs.enterprise > 0,
    companyNamed: !isBlank(lead.company),
    territory,
  };
}

/** For a model: nothing of who the lead is. */
export function companyAndBehaviour(entry: Entry, { account }: Seen): CompanyAndBehaviour {
  const { company, country, employees, budget, channel, form, message } = entry;
  return { company, country, employees, budget, channel, form, message, isKnownAccount: account !== null };
}

import { domainOf, mailboxOf, spelled } from './fields.ts';
import { signalsIn } from './facts.ts';
import type { Verbs, Lead } from './types.ts';

/** Where what is known of a lead is read; without a mailbox it is nobody's. */
export function sourcesOf({ email }: Lead) {
  const mailbox = mailboxOf(email);
  const by = { domain: { domain: domainOf(mailbox) }, email: { email: mailbox ?? '' } };
  return { account: by.domain, contact: by.email, registration: by.domain, optOut: by.email };
}

/** What tables and systems of record say about a lead. */
export async function look(lead: Lead, { assemble, check }: Pick<Verbs, 'assemble' | 'check'>) {
  const { leadId } = lead;
  const sources = sourcesOf(lead);
  const [records, stated, connection, mail, signs] = await Promise.all([
    assemble(sources),
    check.countries({ country: spelled(lead.country) }, { leadId }),
    check.countries({ country: spelled(lead.ipCountry) }, { leadId }),
    check.mailDomain(sources.account, { leadId }),
    check.signals(signalsIn(lead), { leadId }),
  ]);
  const { territory } = stated.outputs;
  const { team, enterpriseTeam } = (await check.territoryTeams({ territory }, { leadId })).outputs;
  // What a free mail provider's domain says, it says of nobody's company.
  const account = mail.verdict === 'free' ? null : records.account;
  return { ...records, account, stated, connection, mail, signs: signs.outputs, territory, team, enterpriseTeam };
}

export type Seen = Awaited<ReturnType<typeof look>>;

import countries from '../../../workflows/lead-intake/tables/countries.json' with { type: 'json' };
import firstTouch from '../../../workflows/lead-intake/tables/first-touch.json' with { type: 'json' };
import mailDomain from '../../../workflows/lead-intake/tables/mail-domain.json' with { type: 'json' };
import routing from '../../../workflows/lead-intake/tables/routing.json' with { type: 'json' };
import signals from '../../../workflows/lead-intake/tables/signals.json' with { type: 'json' };
import territoryTeams from '../../../workflows/lead-intake/tables/territory-teams.json' with { type: 'json' };
import { kebab, nothing, type Observed, type Parameter, type SetTable } from '../set.ts';

interface Event {
  lead: {
    received_at: string;
    channel: string | null;
    form: string | null;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    company: string | null;
    country: string | null;
    ip_country: string | null;
    employees: string | null;
    budget_minor: number | null;
    message: string | null;
    consent: boolean;
    website_hidden: string | null;
  };
}

interface Records {
  accounts: {
    account_id: string;
    name: string;
    domain: string;
    owner: string;
    owner_active: boolean;
    backup: string;
    customer: boolean;
  }[];
  contacts: {
    contact_id: string;
    email: string;
    first_name: string | null;
    last_name: string | null;
    owner: string;
  }[];
  deal_registrations: { domain: string; partner: string; open: boolean }[];
  suppression: string[];
}

interface Expected {
  label: string;
  decision: 'route' | 'merge' | 'queue' | 'nurture' | 'hold' | 'suppress' | 'discard' | 'reject';
  owner: string | null;
  owner_any_of: string[] | null;
  territory: string | null;
  merge_into: string | null;
  tier: number;
  sla_minutes: number | null;
}

interface Policy {
  parameters: Record<string, unknown>;
  free_mail_domains: string[];
  competitor_domains: string[];
  sanctioned_countries: string[];
  country_spellings: Record<string, string[]>;
  territory_of_country: Record<string, string>;
  territory_teams: Record<string, string[]>;
  enterprise_teams: Record<string, string>;
  rules: { label: string; decision: string; owner: string | null }[];
}

const owners: Record<string, string> = { queue: 'sales-queue', compliance: 'sanctions-compliance' };
const ours = (owner: string) => owners[owner] ?? owner;

export const leads: SetTable<Event, Records, Expected> = {
  set: 'leads',
  process: 'lead-intake',
  asOf: ({ lead }) => lead.received_at,

  request: ({ lead }, key) => ({
    leadId: key,
    channel: lead.channel,
    form: lead.form,
    firstName: lead.first_name,
    lastName: lead.last_name,
    email: lead.email,
    phone: lead.phone,
    company: lead.company,
    country: lead.country,
    ipCountry: lead.ip_country,
    employees: lead.employees,
    budget: lead.budget_minor,
    message: lead.message,
    consent: lead.consent,
    honeypot: lead.website_hidden,
  }),

  records: ({ accounts, contacts, deal_registrations, suppression }) => ({
    leads: {
      accounts: accounts.map(({ account_id, name, domain, owner, owner_active, backup, customer }) => ({
        ...{ accountId: account_id, name, domain, owner, ownerActive: owner_active, backup, customer },
      })),
      contacts: contacts.map(({ contact_id, email, first_name, last_name, owner }) => ({
        ...{ contactId: contact_id, email, firstName: first_name, lastName: last_name, owner },
      })),
    },
    partners: {
      registrations: deal_registrations.map((deal, n) => ({ registrationId: `registration-${n + 1}`, ...deal })),
    },
    outreach: { optOuts: suppression.map((email, n) => ({ optOutId: `opt-out-${n + 1}`, email })) },
  }),

  expects: ({ label, decision, owner, owner_any_of, territory, merge_into, tier, sla_minutes }) => {
    const assigned = decision === 'route' || decision === 'queue';
    const waits = assigned || decision === 'merge';
    const asked = decision === 'hold' ? [ours(owner!)] : [];
    return {
      ...nothing,
      rest: waits ? 'waiting for touched' : decision === 'hold' ? `waiting for ${asked.join()}` : ['closed'],
      asked,
      rule: kebab(label),
      values: {
        assigned: assigned ? [owner_any_of ?? ours(owner!)] : [],
        merged: decision === 'merge' ? [merge_into] : [],
        ...(waits && { territory: territory ?? '', tier, sla_minutes }),
      },
    };
  },

  called: ({ name, owner }) => (name === 'touched' ? name : (owner ?? name)),
  deciding: 'routing',
  // Whom a lead is assigned to and what it is merged into are compared among the values: its id is made by the run.
  uncounted: [
    ...['leads.create', 'leads.merge', 'leads.assign', 'leads.recordTouch'],
    ...['outreach.enrol', 'outreach.sendFirstMessage'],
  ],

  values: (observed) => {
    const { territory, tier } = lastOf(observed, 'routing')?.facts[0] ?? {};
    const due = observed.waitingOn.find(({ name }) => name === 'touched')?.dueAt;
    const from = observed.record[0]?.body as { asOf?: string } | undefined;
    const minutes = Math.round((Date.parse(due ?? '') - Date.parse(from?.asOf ?? '')) / 60_000);
    return {
      assigned: written(observed, 'leads.assign').map(({ owner }) => teamOf(observed, owner) ?? owner),
      merged: written(observed, 'leads.merge').map(({ contactId }) => contactId),
      ...{ territory, tier, sla_minutes: minutes },
    };
  },

  parameters: (policy: Policy) => {
    const { parameters, country_spellings, rules } = policy;
    const held = countries.rows.filter(({ outputs }) => outputs.code !== '');
    const known: Record<string, unknown> = {
      enterprise_employees: numberIn(signalCell('many-employees', 'employees')),
      enterprise_budget_minor: numberIn(signalCell('large-budget', 'budget')),
      spam_links: numberIn(signalCell('many-links', 'links')),
      sla_tier1_minutes: minutesOf('tier-1'),
      sla_tier2_minutes: minutesOf('tier-2'),
      sla_queue_minutes: minutesOf('team-queue'),
      tier1_words: quoted(signalCell('buying-words', 'message')),
      spam_words: quoted(signalCell('spam-words', 'message')),
      job_words: quoted(signalCell('job-words', 'message')),
      support_words: quoted(signalCell('support-words', 'message')),
    };
    const spellings = Object.entries(country_spellings).map(
      ([code, names]) => [code, [...new Set([code, ...names].map((name) => name.toLowerCase()))].sort()] as const,
    );
    const teams = territoryTeams.rows.filter(({ when }) => when);
    return [
      ...Object.entries(parameters).map(([name, theirs]): Parameter => ({ name, theirs, ours: known[name] })),
      { name: 'free_mail_domains', theirs: policy.free_mail_domains, ours: domains('free-mail') },
      { name: 'competitor_domains', theirs: policy.competitor_domains, ours: domains('competitor') },
      {
        name: 'sanctioned_countries',
        theirs: policy.sanctioned_countries.toSorted(),
        ours: held.flatMap(({ verdict, outputs }) => (verdict === 'sanctioned' ? [outputs.code] : [])).sort(),
      },
      {
        name: 'country_spellings',
        theirs: Object.fromEntries(spellings),
        ours: Object.fromEntries(
          held.map(({ when, outputs }) => [outputs.code, quoted(when?.country ?? '').toSorted()]),
        ),
      },
      {
        name: 'territory_of_country',
        theirs: policy.territory_of_country,
        ours: Object.fromEntries(
          held.flatMap(({ outputs }) => (outputs.territory === '' ? [] : [[outputs.code, outputs.territory]])),
        ),
      },
      {
        name: 'territory_teams',
        theirs: policy.territory_teams,
        ours: Object.fromEntries(teams.map(({ rule, outputs }) => [rule, outputs.team])),
      },
      {
        name: 'enterprise_teams',
        theirs: policy.enterprise_teams,
        ours: Object.fromEntries(teams.map(({ rule, outputs }) => [rule, outputs.enterpriseTeam])),
      },
      {
        name: 'rules and what they decide, in order',
        theirs: rules.map(({ label, decision }) => [kebab(label), decision]),
        ours: routing.rows.map(({ rule, verdict }) => [rule, verdict]),
      },
      {
        name: 'desks',
        theirs: rules.flatMap(({ label, owner }) =>
          owner?.includes('-') || owner === 'support' ? [[kebab(label), owner]] : [],
        ),
        ours: routing.rows.flatMap(({ rule, outputs }) => (outputs?.owner ? [[rule, outputs.owner]] : [])),
      },
    ];
  },
};

const lastOf = ({ rulings }: Observed, policy: string) => rulings.findLast((ruling) => ruling.policy === policy);

/** The data names the whole team where any of it will do. */
function teamOf(observed: Observed, owner: unknown): unknown {
  if (lastOf(observed, 'routing')?.rule !== 'territory') return undefined;
  const team = lastOf(observed, 'territoryTeams')?.outputs['team'] as unknown[] | undefined;
  return team?.includes(owner) ? team : undefined;
}

const written = ({ writes }: Observed, operation: string) =>
  writes.filter((write) => write.operation === operation).map(({ body }) => body);

function signalCell(rule: string, fact: string): string {
  const when: Record<string, string | undefined> = { ...signals.rows.find((row) => row.rule === rule)?.when };
  return when[fact] ?? '';
}

const numberIn = (cell: string): number => Number(/^>= (\d+)$/.exec(cell)?.[1]);

/** All that stands in quotation marks in a cell. */
const quoted = (cell: string): string[] => [...cell.matchAll(/'([^']*)'/g)].map(([, text]) => text!);

const domains = (rule: string) => quoted(mailDomain.rows.find((row) => row.rule === rule)?.when?.domain ?? '');

const minutesOf = (rule: string) => firstTouch.rows.find((row) => row.rule === rule)?.outputs.minutes;

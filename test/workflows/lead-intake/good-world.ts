export const leadId = 'L-1';
export const domain = 'ahrenglas.example';
export const mailbox = `j.amann@${domain}`;

interface Changes {
  account?: object;
  contact?: object;
  registration?: object;
  optOut?: string;
  representatives?: { person: string; openLeads?: number; capacity?: number; absentUntil?: string | null }[];
}

/** A good world for a lead: nobody knows the company, nobody opted out, everybody is free. */
export const records = ({ account, contact, registration, optOut, representatives = [] }: Changes = {}) => ({
  leads: {
    accounts: account
      ? [
          {
            ...{ accountId: 'AC-1', name: 'Ahrenglas KG', domain, owner: 'j.ortiz', ownerActive: true },
            ...{ backup: 'team.lead', customer: false, ...account },
          },
        ]
      : [],
    contacts: contact
      ? [{ contactId: 'CO-1', email: mailbox, firstName: 'Jördis', lastName: 'Amann', owner: 'h.ahmed', ...contact }]
      : [],
  },
  partners: {
    registrations: registration
      ? [{ registrationId: 'DR-1', domain, partner: 'Westland Partners', open: true, ...registration }]
      : [],
  },
  outreach: { optOuts: optOut ? [{ optOutId: 'OO-1', email: optOut }] : [] },
  staffing: {
    representatives: representatives.map((one) => ({ openLeads: 0, capacity: 20, absentUntil: null, ...one })),
  },
});

export const request = (changes: object = {}) => ({
  ...{ leadId, channel: 'web', form: 'contact', firstName: 'Jördis', lastName: 'Amann', email: mailbox },
  ...{ phone: '+49 30 555 0199', company: 'Ahrenglas KG', country: 'Deutschland', ipCountry: 'DE', employees: '120' },
  ...{ budget: 1_800_000, currency: 'EUR', message: 'Tell me more about your product.', consent: true, honeypot: '' },
  ...changes,
});

/** What is kept of it. */
export const entered = {
  ...{ leadId, channel: 'web', form: 'contact', firstName: 'Jördis', lastName: 'Amann', email: mailbox },
  ...{ phone: '+49 30 555 0199', company: 'Ahrenglas KG', country: 'DE', territory: 'dach', employees: 120 },
  ...{ budget: 1_800_000, currency: 'EUR', message: 'Tell me more about your product.', consent: true, tier: 2 },
  ...{ score: 40, summary: 'A company of 120.' },
};

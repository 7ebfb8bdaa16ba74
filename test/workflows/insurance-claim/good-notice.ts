import { randomUUID } from 'node:crypto';
import { addDays } from '../../../rules/dates.ts';

export const today = new Date().toISOString().slice(0, 10);
export const ago = (days: number): string => addDays(today, -days);

/** A van of a bakery, insured since a hundred days; and a claim of a year before that was paid. */
export const policy = {
  ...{ policyNumber: 'CA-1', lineOfBusiness: 'Commercial Auto', insured: 'Rye & Sons', state: 'OH' },
  ...{ newBusiness: true, effectiveDate: ago(100), expirationDate: addDays(today, 265), cancelledOn: null },
  ...{ limit: 50_000_000, deductible: 100_000, exclusions: ['racing'] },
};
export const priorClaim = {
  ...{ claimId: 'PC-1', policyNumber: 'CA-1', cause: 'glass', dateOfLoss: ago(400), amount: 80_000 },
  ...{ status: 'paid', paid: 60_000 },
};
export const listed = { entryId: 'S-1', name: 'Karst Harbour Salvage', list: 'OFAC SDN' };

export const records = (more: { policy?: object; claims?: object[]; entries?: object[] } = {}) => ({
  policies: { policies: [{ ...policy, ...more.policy }] },
  claims: { claims: more.claims ?? [priorClaim] },
  sanctions: { entries: more.entries ?? [listed] },
});

/** Straightforward: paid at once unless a test changes one thing. */
export function goodNotice(more: { amount?: number; narrative?: string } & Record<string, unknown> = {}) {
  const { amount = 450_037 } = more;
  const told = `$${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
  return {
    ...{ claimId: `FN-${randomUUID().slice(0, 8)}`, policyNumber: 'CA-1', cause: 'hail' },
    ...{ dateOfLoss: ago(10), reportedOn: today, lossState: 'OH', amount, currency: 'USD' },
    ...{ payee: 'Ida Holm', payeeAccountChangedOn: null, bodilyInjury: false },
    ...{ documents: ['police_report', 'repair_estimate'], channel: 'web' },
    narrative: `On ${ago(10)} we had a hail loss. Estimate ${told}.`,
    ...more,
  };
}

/** What raises two flags: reported late, from another state without a police report. */
export const suspicious = {
  ...{ dateOfLoss: ago(80), lossState: 'TX', documents: ['repair_estimate', 'first_report'] },
  narrative: `On ${ago(80)} we had a hail loss.`,
};

import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Cents, Day, Reference, text } from '../../core/declare/values.ts';
import { Kind, Payee } from './request.ts';

export const InsurancePolicy = z.object({
  policyNumber: Reference,
  lineOfBusiness: text(200),
  insured: text(500),
  state: text(100),
  newBusiness: z.boolean(),
  effectiveDate: Day,
  expirationDate: Day,
  cancelledOn: Day.nullable(),
  limit: Cents,
  deductible: Cents,
  exclusions: z.array(text(200)),
});
export const PriorClaim = z.object({
  claimId: Reference,
  cause: text(200),
  dateOfLoss: Day,
  amount: Cents,
  status: text(100),
  paid: Cents,
});
export const ClaimDocument = z.object({ documentId: Reference, kind: Kind, text: text(100_000) });
export const Screening = z.object({
  hits: z.array(z.object({ entryId: Reference, name: text(500), list: text(200) })),
});

export const sources = {
  policy: source({
    reads: 'policies.find',
    owner: 'policy-administration',
    maxAge: '24 hours',
    by: z.object({ policyNumber: Reference }),
    gives: InsurancePolicy.nullable(),
  }),
  priorClaims: source({
    reads: 'claims.ofPolicy',
    owner: 'claims-data',
    maxAge: '1 hours',
    by: z.object({ policyNumber: Reference }),
    gives: z.array(PriorClaim),
  }),
  documents: source({
    reads: 'documents.ofClaim',
    owner: 'document-management',
    maxAge: '1 hours',
    by: z.strictObject({ claimId: Reference }),
    gives: z.array(ClaimDocument),
  }),
  screening: source({
    reads: 'sanctions.screen',
    owner: 'sanctions-compliance',
    maxAge: '1 hours',
    by: z.object({ name: Payee }),
    gives: Screening,
  }),
};

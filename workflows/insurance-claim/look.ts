import type { Claim, Packet, Reading, Seen } from './claim-file.ts';

/** Reads what there is now. The texts are read by the model again only once there are more of them. */
export async function look({ notice, file, steps }: Claim, before?: Seen): Promise<Seen> {
  const { assemble, infer, check } = steps;
  const { claimId, payee, narrative } = notice;
  const { policyNumber } = file;

  const read = await assemble({
    ...{ policy: { policyNumber }, priorClaims: { policyNumber }, documents: { claimId }, screening: { name: payee } },
  });
  const { policy, documents } = read;
  const reading: Reading =
    before?.documents.length === documents.length ? before.reading : await infer.read({ narrative, documents, notice });

  const line = { policyFound: policy !== null, lineOfBusiness: policy?.lineOfBusiness ?? '' };
  const { verdict, outputs: guidelines } = await check.guidelines(line, { claimId });
  return { ...read, reading, guidelines, guided: verdict === 'apply' };
}

/** What whoever decides is shown, at every desk; operations send it back to the claimant. */
export const packetOf = (
  { notice, file }: Claim,
  { policy, priorClaims, screening, reading }: Seen,
  { rule, flags, missing }: Pick<Packet, 'rule' | 'flags' | 'missing'>,
): Packet => ({
  ...{ notice, policy, priorClaims, hits: screening.hits, rule, flags, missing },
  ...{ acknowledgeBy: file.acknowledgeBy, acknowledgedOnTime: file.acknowledgedOnTime },
  ...{ summary: reading.answer.summary, details: reading.answer.details },
  ...{ recommendation: reading.answer.recommendation, rework: file.rework, because: file.because },
  returnsTo: 'claimant',
});

import type { Claim, ClaimFile } from './claim-file.ts';
import { flagsOf } from './fraud-flags.ts';
import { missingFrom } from './facts.ts';
import { passagesOf } from './passages.ts';
import type { Packet, Verbs } from './types.ts';

/** Reads what there is now. The model reads the texts again only once they are others. */
export async function look(file: ClaimFile, { assemble, infer, check }: Verbs): Promise<Claim> {
  const { notice, policyNumber, found: before } = file;
  const { claimId, payee, narrative } = notice;

  const read = await assemble({
    ...{ policy: { policyNumber }, priorClaims: { policyNumber }, documents: { claimId }, screening: { name: payee } },
  });
  const { policy, documents } = read;
  const same = before !== undefined && JSON.stringify(before.documents) === JSON.stringify(documents);
  const reading = same ? before.reading : await infer.read({ narrative, documents, notice });

  const line = { policyFound: policy !== null, lineOfBusiness: policy?.lineOfBusiness ?? '' };
  const { verdict, outputs: guidelines } = await check.guidelines(line, { claimId });
  return { ...file, found: { ...read, reading, guidelines, guided: verdict === 'apply' } };
}

/** What whoever decides is shown, at every desk; operations send it back to the claimant. */
export function packetOf(claim: Claim, rule: string, returnsTo: Packet['returnsTo'] = 'claimant'): Packet {
  const { notice, acknowledgeBy, acknowledgedOnTime, rework, because, found } = claim;
  const { policy, priorClaims, documents, screening, reading } = found;
  const { summary, details, recommendation } = reading.answer;
  return {
    ...{ hits: screening.hits, flags: flagsOf(claim), missing: missingFrom(claim), notice, policy, priorClaims, rule },
    ...{ acknowledgeBy, acknowledgedOnTime, summary, details, recommendation, rework, because, returnsTo },
    passages: passagesOf(documents, details),
  };
}

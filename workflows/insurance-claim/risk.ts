import { type Claim, type Cover, type Packet, type Seen, sendBack } from './claim-file.ts';
import { ask, deny } from './operations.ts';

/** Special investigations or compliance clear a concern, or hand it to whoever may deny; they never deny themselves. */
export async function investigate(claim: Claim, packet: Packet, ruling: Cover, { screening }: Seen) {
  const { notice, file, steps } = claim;
  const { claimId, payee } = notice;
  const { concern } = ruling.outputs;

  const asked = { ...packet, returnsTo: 'operations' as const };
  const cleared = await steps.handOff.investigate(asked, { claimId, payee, concern }, { to: ruling });
  switch (cleared.verdict) {
    case 'approved':
      file.setAside.push(concern);
      if (concern === 'sanctions') file.clearedEntries.push(...screening.hits.map(({ entryId }) => entryId));
      return undefined;
    case 'rejected':
      return deny(claim, packet, ruling);
    case 'returned':
      sendBack(file, cleared.because);
      return answerRisk(claim, { ...packet, rework: file.rework, because: file.because }, ruling);
    case 'expired':
      return undefined;
  }
}

/** Back at operations: an examiner answers what risk wants to know, and risk look again. */
async function answerRisk(claim: Claim, packet: Packet, ruling: Cover) {
  const { file, steps } = claim;
  const answered = await steps.handOff.answerRisk(packet, ruling.terms);
  if (answered.verdict === 'rejected') return deny(claim, packet, ruling);
  if (answered.verdict !== 'returned') return undefined;
  sendBack(file, answered.because);
  return ask(claim, [answered.because]);
}

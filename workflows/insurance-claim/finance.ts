import { approvedBy } from '../../core/messages.ts';
import { type Claim, type Cover, impactOf, isListed, type Packet, type Seen, sendBack } from './claim-file.ts';
import * as letters from './letters.ts';
import { deny } from './operations.ts';

/** Finance pay what is covered, each within their authority, and never to a payee who is on a list by then. */
export async function settle(claim: Claim, packet: Packet, ruling: Cover, { policy }: Seen, amount: number) {
  const { notice, file, steps } = claim;
  const { assemble, check, handOff, act, conclude } = steps;
  const { claimId, payee, currency } = notice;
  const letter = letters.settlement(notice, policy, amount);
  const overCover = amount - ruling.terms.amount;

  const authority = await check.authority(
    { amount, overCover, plain: ruling.verdict === 'allow' },
    { claimId, payee, amount, currency, letter },
  );
  if (authority.verdict === 'return') return sendBack(file, authority.rule);
  const settled =
    authority.verdict === 'allow'
      ? approvedBy(authority)
      : await handOff.settle(packet, authority.terms, { to: authority });
  if (settled.verdict === 'rejected') return deny(claim, packet, ruling);
  if (settled.verdict === 'returned') return backToTheDeskBefore(claim, settled.because);
  if (settled.verdict !== 'approved') return undefined; // silence: the rules look again, and finance are asked again

  const { screening } = await assemble({ screening: { name: payee } });
  const release = await check.release({ listed: isListed(file, screening) }, settled.terms);
  if (release.verdict !== 'allow') return undefined; // looked at again, the hit is compliance's

  const { paymentId } = await act.pay({ claimId, payee, amount, currency }, settled);
  await act.tellSettled({ claimId, letter: settled.terms.letter }, settled);
  const { reserve, rework } = file;
  return conclude.settled({ paymentId, paid: amount, reserve, rework }, impactOf(file, amount));
}

/** To risk where they cleared something, who are then asked anew; else to operations. */
function backToTheDeskBefore({ file }: Claim, because: string): undefined {
  sendBack(file, because);
  file.clearedEntries = [];
  file.setAside = file.setAside.filter((concern) => concern !== 'fraud' && concern !== 'sanctions');
}

import { approvedBy } from '../../core/run/approval.ts';
import { type Claim, type Cover, impactOf, type Packet, type Seen, sendBack } from './claim-file.ts';
import * as letters from './letters.ts';
import { look } from './look.ts';
import { deny } from './operations.ts';
import { weigh } from './weigh.ts';

/** Finance pay what is covered, each within their authority. */
export async function settle(claim: Claim, packet: Packet, ruling: Cover, seen: Seen, amount: number) {
  const { notice, file, steps } = claim;
  const { check, handOff, act, conclude } = steps;
  const { claimId, payee, currency } = notice;
  const letter = letters.settlement(notice, seen.policy, amount);
  const overCover = amount - ruling.terms.amount;

  const authority = await check.authority(
    { amount, overCover, plain: ruling.verdict === 'allow' },
    { claimId, payee, amount, currency, letter },
  );
  if (authority.verdict === 'return') return sendBack(file, authority.rule);
  const settled =
    authority.verdict === 'allow'
      ? approvedBy(authority)
      : await handOff.settle({ ...packet, returnsTo: deskBefore(claim) }, authority.terms, { to: authority });
  if (settled.verdict === 'rejected') return deny(claim, packet, ruling);
  if (settled.verdict === 'returned') return backToTheDeskBefore(claim, settled.because);
  if (settled.verdict !== 'approved') return undefined; // silence: the rules look again, and finance are asked again

  // Before money leaves, the payee is screened again, and so is what other claims have used of the limit meanwhile.
  const found = weigh(notice, file, await look(claim, seen));
  const again = await check.cover(found.facts, found.terms);
  const release = await check.release(
    { listed: found.facts.listed, overCover: amount - again.terms.amount, sameRule: again.rule === ruling.rule },
    settled.terms,
  );
  if (release.verdict !== 'allow') return undefined;

  const { paymentId } = await act.pay({ claimId, payee, amount, currency }, settled);
  await act.tellSettled({ claimId, letter: settled.terms.letter }, settled);
  const { reserve, rework } = file;
  return conclude.settled({ paymentId, paid: amount, reserve, rework }, impactOf(file, amount));
}

/** Risk, where they cleared something; else operations. */
const deskBefore = ({ file }: Claim) =>
  file.setAside.includes('fraud') || file.setAside.includes('sanctions') ? 'risk' : 'operations';

/** What risk cleared is no longer: they are asked anew. */
function backToTheDeskBefore({ file }: Claim, because: string): undefined {
  sendBack(file, because);
  file.clearedEntries = [];
  file.setAside = file.setAside.filter((concern) => concern !== 'fraud' && concern !== 'sanctions');
}

import { approvalFor } from '../../core/run/approval.ts';
import { again } from '../../core/run/rounds.ts';
import { type Claim, type ClaimFile, impactOf, sentBack } from './claim-file.ts';
import { coverFacts } from './facts.ts';
import { look, packetOf } from './look.ts';
import { deny } from './operations.ts';
import { assessmentTerms, settlementTerms } from './terms.ts';
import type { Concern, Ruling, Terms, Turn, Verbs } from './types.ts';

/** Finance pay what is covered, each within their authority. */
export async function settle(claim: Claim, ruling: Ruling<'cover'>, amount: number, steps: Verbs): Promise<Turn> {
  const { check, handOff, act, conclude } = steps;
  const { claimId, payee, currency } = claim.notice;
  const { reserve, rework } = claim;

  const covered = { amount, overCover: amount - ruling.terms.amount, plain: ruling.verdict === 'allow' };
  const authority = await check.authority(covered, settlementTerms(claim, amount));
  if (authority.verdict === 'return') return again(sentBack(claim, authority.rule));

  const packet = packetOf(claim, ruling.rule, clearedByRisk(claim) ? 'risk' : 'operations');
  const settled = await approvalFor(authority, { settle: (to) => handOff.settle(packet, to.terms, { to }) });
  switch (settled.verdict) {
    case 'rejected':
      return deny(claim, ruling, steps);
    case 'returned':
      return again(backFrom(claim, settled.because));
    case 'expired':
      return again(claim); // silence pays nothing: the rules look again, and finance are asked again
    case 'approved': {
      if (!(await isStillCovered(claim, ruling, settled.terms, steps))) return again(claim);
      const { paymentId } = await act.pay({ claimId, payee, amount, currency }, settled);
      await act.tellSettled({ claimId, letter: settled.terms.letter }, settled);
      return conclude.settled({ paymentId, paid: amount, reserve, rework }, impactOf(claim, amount));
    }
  }
}

/** Before money leaves, the payee is screened again, and so is what other claims have used of the limit meanwhile. */
async function isStillCovered(claim: Claim, ruling: Ruling<'cover'>, terms: Terms<'settlement'>, steps: Verbs) {
  const { cover, release } = steps.check;
  const now = await look(claim, steps);
  const facts = coverFacts(now);
  const { rule, terms: covered } = await cover(facts, assessmentTerms(now));
  const overCover = terms.amount - covered.amount;
  const { verdict } = await release({ listed: facts.listed, overCover, sameRule: rule === ruling.rule }, terms);
  return verdict === 'allow';
}

const isOfRisk = (concern: Concern) => concern === 'fraud' || concern === 'sanctions';

const clearedByRisk = ({ setAside }: ClaimFile): boolean => setAside.some(isOfRisk);

/** To the desk before. What risk cleared is no longer, so that they are asked anew. */
const backFrom = (claim: Claim, because: string): ClaimFile => ({
  ...sentBack(claim, because),
  clearedEntries: [],
  setAside: claim.setAside.filter((concern) => !isOfRisk(concern)),
});

import { again } from '../../core/run/rounds.ts';
import { type Claim, sentBack } from './claim-file.ts';
import { packetOf } from './look.ts';
import { ask, deny } from './operations.ts';
import type { Ruling, Turn, Verbs } from './types.ts';

/** Special investigations or compliance clear a concern, or hand it to whoever may deny; they never deny themselves. */
export async function investigate(claim: Claim, ruling: Ruling<'cover'>, steps: Verbs): Promise<Turn> {
  const { notice, setAside, clearedEntries, found } = claim;
  const { claimId, payee } = notice;
  const { concern } = ruling.outputs;

  const packet = packetOf(claim, ruling.rule, 'operations');
  const cleared = await steps.handOff.investigate(packet, { claimId, payee, concern }, { to: ruling });
  switch (cleared.verdict) {
    case 'approved': {
      const entries = concern === 'sanctions' ? found.screening.hits.map(({ entryId }) => entryId) : [];
      return again({ ...claim, setAside: [...setAside, concern], clearedEntries: [...clearedEntries, ...entries] });
    }
    case 'rejected':
      return deny(claim, ruling, steps);
    case 'returned':
      return answerRisk(sentBack(claim, cleared.because), ruling, steps);
    case 'expired':
      return again(claim);
  }
}

/** Back at operations: an examiner answers what risk wants to know, and risk look again. */
async function answerRisk(claim: Claim, ruling: Ruling<'cover'>, steps: Verbs): Promise<Turn> {
  const answered = await steps.handOff.answerRisk(packetOf(claim, ruling.rule), ruling.terms);
  switch (answered.verdict) {
    case 'rejected':
      return deny(claim, ruling, steps);
    case 'returned':
      return ask(sentBack(claim, answered.because), [answered.because], steps);
    case 'approved':
    case 'expired':
      return again(claim);
  }
}

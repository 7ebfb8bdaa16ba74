import { approvalFor } from '../../../core/run/approval.ts';
import { again } from '../../../core/run/rounds.ts';
import { creditOf, packet, type Story, termsOf } from './credit.ts';

/** Stories of what is sent back. */
export const reworks: Record<string, Story> = {
  /** Under the contract that is told. */
  async 'goes back'(request, { check, handOff, act, conclude }) {
    const rule = (terms: ReturnType<typeof termsOf>) => check.desk({ amount: terms.amount }, terms);
    const ruling = await rule(termsOf(request));
    if (ruling.verdict === 'deny') return conclude.done({ text: ruling.rule });
    const review = () => handOff[request.told as 'toWhoAsked' | 'toRecords'](packet, ruling.terms);
    const decision = await approvalFor(ruling, { review }, rule);
    if (decision.verdict !== 'approved') return conclude.done({ text: `${decision.verdict}: ${decision.because}` });
    await act.credit(creditOf(decision.terms), decision);
    return conclude.done({ text: `${decision.terms.amount} by ${decision.by}` });
  },

  /** The workflow itself asks again. */
  async 'asks again by itself'(request, { handOff, rounds, conclude }) {
    return rounds.hold('', async () => {
      const decision = await handOff.onlySoOften(packet, termsOf(request));
      if (decision.verdict === 'returned') return again('');
      return conclude.done({ text: `${decision.verdict}: ${'because' in decision ? decision.because : decision.by}` });
    });
  },
};

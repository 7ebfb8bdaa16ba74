import type { ConclusionOf } from '../../../core/run/steps.ts';
import { type Again, again } from '../../../core/run/rounds.ts';
import { allowed, creditOf, packet, type Purchase, type Story, termsOf } from './credit.ts';

type Turn = Again<number> | ConclusionOf<Purchase>;

/** What would go on without end, but for what is declared. */
export const endless: Record<string, Story> = {
  async 'writes round after round'(request, steps) {
    return steps.rounds.write(1, async (n): Promise<Turn> => {
      await steps.act.credit(creditOf(termsOf(request)), await allowed(request, steps));
      return again(n + 1);
    });
  },

  async 'writes round after round, and says what then'(request, { rounds, conclude }) {
    const over = (rounds: number) => conclude.done({ text: `before round ${rounds}` });
    return rounds.write(1, async (n): Promise<Turn> => again(n + 1), over);
  },

  async 'reminds without end'(request, steps) {
    const { act, receive, conclude } = steps;
    const remind = async (at: string) => {
      await act.tell({ requestId: request.id, reply: at }, await allowed(request, steps));
      return at;
    };
    const until = request.told;
    const recalled = await receive.recalled({ told: request.id }, { until, reminders: { from: '2020-01-01', remind } });
    return conclude.done({ text: recalled?.what ?? 'nothing came' });
  },

  async 'asks two, who amend'(request, { handOff, conclude }) {
    const both = await handOff.all({ left: packet, right: packet }, 'purchase', termsOf(request));
    return conclude.done({ text: both.verdict === 'approved' ? both.by : `${both.verdict}: ${both.because}` });
  },
};

import { again } from '../../../core/run/rounds.ts';
import { allowed, creditOf, packet, type Request, type Story, termsOf, type Verbs } from './credit.ts';

const credit = async (request: Request, steps: Verbs) =>
  steps.act.credit(creditOf(termsOf(request)), await allowed(request, steps));

/** What goes on beside a wait. `told` holds what the case waits with, divided by blanks. */
export const waits: Record<string, Story> = {
  async 'reminds at each time'(request, steps) {
    const { receive, act, conclude } = steps;
    const [until, ...times] = request.told.split(' ');
    const remind = async (at: string) => {
      const { id: requestId } = request;
      await act.tell({ requestId, reply: at }, await allowed(request, steps));
      return times[times.indexOf(at) + 1];
    };
    const answer = await receive.answer({ id: request.id }, { until, reminders: { from: times[0]!, remind } });
    return conclude.done({ text: answer?.what ?? 'nothing came' });
  },

  async 'rules at each time'(request, steps) {
    const times = request.told.split(' ');
    const remind = async (at: string) => {
      await allowed(request, steps);
      return times[times.indexOf(at) + 1];
    };
    const answer = await steps.receive.answer({ id: request.id }, { reminders: { from: times[0]!, remind } });
    return steps.conclude.done({ text: answer?.what ?? 'nothing came' });
  },

  async 'reminds of what is on record'(request, steps) {
    const { receive, assemble, handOff, conclude } = steps;
    const remind = async () => {
      await assemble({ employee: { email: request.told } });
      await credit(request, steps);
      return undefined;
    };
    const answer = await receive.answer({ id: request.id }, { reminders: { from: '2020-01-01', remind } });
    const taken = await handOff.takeOver(packet);
    return conclude.done({ text: `${answer?.what}, ${taken.verdict}` });
  },

  async 'reminds by a write that is not wanted any more'(request, steps) {
    const { receive, compensate, conclude } = steps;
    const remind = async () => {
      await credit(request, steps);
      await credit(request, steps);
      return undefined;
    };
    const answer = await receive.answer({ id: request.id }, { reminders: { from: '2020-01-01', remind } });
    await compensate.credit('it was answered');
    return conclude.done({ text: answer?.what ?? 'nothing came' });
  },

  async 'reminds once more, after a write'(request, steps) {
    await credit(request, steps);
    const reminders = { from: request.told, remind: async () => void (await credit(request, steps)) as undefined };
    const answer = await steps.receive.answer({ id: request.id }, { reminders });
    return steps.conclude.done({ text: answer?.what ?? 'nothing came' });
  },

  async 'holds, and may hold longer'(request, steps) {
    const { receive, conclude } = steps;
    const [told = '', until] = request.told.split(' ');
    const ends: string[] = [];
    const meanwhile = (putOff: (until: string) => void) =>
      steps.rounds.hold(told, async () => {
        const longer = await receive.recalled({ told });
        if (!longer) return undefined;
        await credit(request, steps);
        ends.push(longer.what);
        putOff(longer.what);
        return again(told);
      });
    const answer = await receive.answer({ id: request.id }, { until, meanwhile });
    return conclude.done({ text: [answer?.what ?? 'nothing came', ...ends].join(' ') });
  },

  async 'asks meanwhile'(request, steps) {
    const { receive, handOff, conclude } = steps;
    const verdicts: string[] = [];
    const meanwhile = async () => void verdicts.push((await handOff.first(packet, termsOf(request))).verdict);
    const answer = await receive.answer({ id: request.id }, { until: request.told || undefined, meanwhile });
    await handOff.takeOver(packet);
    return conclude.done({ text: [answer?.what ?? 'nothing came', ...verdicts].join(' ') });
  },

  async 'writes and asks meanwhile'(request, steps) {
    const { receive, handOff, conclude } = steps;
    const meanwhile = async () => {
      await credit(request, steps);
      await handOff.first(packet, termsOf(request));
    };
    const reminders = { from: '2199-01-01', remind: async () => undefined };
    const answer = await receive.answer({ id: request.id }, { reminders, meanwhile });
    return conclude.done({ text: answer?.what ?? 'nothing came' });
  },
};

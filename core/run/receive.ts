import { sleep } from '@temporalio/workflow';
import { type Limits, usualLimits } from '../declare/limits.ts';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';
import type { Clock } from './clock.ts';
import type { Waiting } from './messages.ts';
import { accompanied, beside, callOff } from './side-by-side.ts';
import type { Reminders, Within } from './steps.ts';

type Receive = (by: unknown, within?: Within) => Promise<unknown>;

/** `receive.name(by, within)` and `receive.first(awaited, within)`. */
export const receive = (state: CaseState, clock: Clock, { reminders }: Pick<Limits, 'reminders'>) => {
  const one = (name: string): Receive => awaiting(state, clock, name, reminders[name] ?? usualLimits.reminders);
  return byName(one, { first: firstOf(one) as (...args: never[]) => unknown });
};

/** Waits for the event; beside the wait runs what is to be done meanwhile, until the event comes or the time is over. */
const awaiting =
  (state: CaseState, clock: Clock, name: string, atMost: number): Receive =>
  async (by, { until, reminders, meanwhile } = {}) => {
    let last = until;
    const main = async () => {
      for (;;) {
        const end = last;
        const event = await eventOf(state, name, by, end);
        if (event !== undefined) return event;
        if (end === last && state.writing.size === 0) return undefined;
        await Promise.allSettled(state.writing.values()); // what is being written may put off the end
      }
    };
    const companions = [
      ...(reminders ? [() => remind(clock, name, atMost, reminders)] : []),
      ...(meanwhile ? [() => meanwhile((later) => void (last = later))] : []),
    ];
    return companions.length > 0 ? accompanied(main, companions) : main();
  };

function eventOf(state: CaseState, name: string, by: unknown, until: string | undefined): Promise<unknown> {
  const step = { ...state.step(name), by, ...(until === undefined ? {} : { until }) };
  state.at(`wait for ${name}`);
  return state.notifications.listening(step.key, async (notified) => {
    for (;;) {
      const awaited = await state.local('awaitEvent', name, `Look for ${name}`)(step);
      if ('event' in awaited) return awaited.event;
      if ('over' in awaited) return undefined;
      const { wakeAt, ...whose } = awaited;
      const wait: Waiting = { for: 'event', id: step.key, ...whose };
      await state.waiting(wait, () => notified(wakeAt, `${name} until ${wait.dueAt}`));
    }
  });
}

/** After as many as are declared nobody is reminded any more; the wait goes on to its end. */
async function remind(clock: Clock, name: string, atMost: number, { from, remind: next }: Reminders): Promise<void> {
  let at: string | undefined = from;
  for (let n = 0; n < atMost && at !== undefined; n++) {
    const ms = Date.parse(at) - Date.parse(clock.now());
    if (Number.isNaN(ms)) throw new Error(`No instant: ${at}`); // a timer of NaN would never fire
    if (ms > 0) await sleep(ms, { summary: `Remind of ${name} at ${at}` });
    at = await next(at);
  }
}

/** Whichever of several events comes first; the others are no longer waited for. */
const firstOf = (one: (name: string) => Receive) => async (awaited: Record<string, unknown>, within?: Within) => {
  const open = Object.entries(awaited).map(([name, by]) =>
    beside(async () => ({ name, event: await one(name)(by, within) })),
  );
  let left = open.length;
  const first = await new Promise<{ name: string; event: unknown } | undefined>((resolve, reject) => {
    for (const { answer } of open) {
      answer.then((came) => {
        left -= 1;
        if (came.event !== undefined) resolve(came);
        else if (left === 0) resolve(undefined);
      }, reject);
    }
  });
  await callOff(open);
  return first;
};

import type { ProcessDefinition } from './definition.ts';

/** How often what may come again does so in one case, by the names of rounds, events and handoffs. */
export interface Limits {
  rounds: Record<string, number>;
  reminders: Record<string, number>;
  askedAgain: Record<string, number>;
}

/** What holds where a declaration says nothing. */
export const usualLimits = { reminders: 30, askedAgain: 5, repairs: 5 };

/** What a process declares. */
export const limitsOf = ({ rounds = {}, events, handoffs }: ProcessDefinition): Limits => ({
  rounds: numbersIn(rounds, ({ atMost }) => atMost),
  reminders: numbersIn(events, ({ remindersAtMost }) => remindersAtMost),
  askedAgain: numbersIn(handoffs, ({ askedAgainAtMost }) => askedAgainAtMost),
});

const numbersIn = <T>(named: Record<string, T>, take: (one: T) => number | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries(named).flatMap(([name, one]) => {
      const number = take(one);
      return number === undefined ? [] : [[name, number]];
    }),
  );

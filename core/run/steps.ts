import type { z } from 'zod';
import type { Handoff, ProcessDefinition } from '../declare/definition.ts';
import type { EventOf, FactsOf, GivenOf, AnswerOf, RulingOf, SourceOf, TermsOf } from '../declare/types-of.ts';
import type { Approval, Decision } from './approval.ts';
import type { Clock } from './clock.ts';
import type { Rounds } from './rounds.ts';

/** What a model answered, how sure it was (0 to 1), and what it rested on. */
export interface Answer<Value = unknown> {
  answer: Value;
  confident: boolean;
  confidence: number;
  evidence: string[];
  /** Where each quote stands, in UTF-16 code units from the start of its text; of an inference that is held to its quotes. */
  places?: Place[];
  /** What was taken out because it misquotes, by its list: said, and not borne out. It never proves that there is nothing. */
  dropped?: { list: string; entry: unknown }[];
}

export interface Place {
  quote: string;
  at: number;
}

export interface Conclusion<Outcome extends string = string, Result = unknown> {
  outcome: Outcome;
  result: Result;
  /** What it was worth to the business, as far as the process measures it. */
  impact?: unknown;
}

/** `stuck`: it stands, or nobody knows; a person has the task. `nothing`: no such write stood. */
export type Undone = 'compensated' | 'kept' | 'stuck' | 'nothing';

/** An event that came, under the name it was awaited by. */
export type Received<D extends ProcessDefinition, N extends keyof D['events']> = {
  [E in N]: { name: E; event: EventOf<D, E> };
}[N];

/** When the answer is due, and who is asked, where the declaration leaves that to the case. */
export interface Turned {
  /** Due at the latest at this instant, or on this day, of the case's clock. */
  dueBy?: string;
}

/** A ruling whose policy declares that it names an owner. */
type Naming<R extends Ruled> = 'owner' extends keyof R['outputs'] ? R : never;
type Ruled = { id: string; outputs: { owner?: string | undefined } };

type Packet<H extends Handoff> = z.input<H['requires']>;

type HandOff<D extends ProcessDefinition, H extends Handoff> = H extends { on: infer On extends string }
  ? H extends { owner: { by: 'ruling' } }
    ? <R extends Ruled>(
        packet: Packet<H>,
        terms: TermsOf<D, On>,
        turned: Turned & { to: Naming<R> },
      ) => Promise<Decision<On, TermsOf<D, On>>>
    : (packet: Packet<H>, terms: TermsOf<D, On>, turned?: Turned) => Promise<Decision<On, TermsOf<D, On>>>
  : H extends { owner: { by: 'ruling' } }
    ? <R extends Ruled>(
        packet: Packet<H>,
        terms: undefined,
        turned: Turned & { to: Naming<R> },
      ) => Promise<Decision<never, undefined>>
    : (packet: Packet<H>, terms?: undefined, turned?: Turned) => Promise<Decision<never, undefined>>;

/** The packets of handoffs that are about the same terms. */
type Packets<D extends ProcessDefinition, On, H = unknown> = {
  [N in keyof D['handoffs'] as D['handoffs'][N] extends { on: On } & H ? N : never]?: Packet<D['handoffs'][N]>;
};

/** One line of the terms that a write is for, by its `id`. */
type Line<A extends ProcessDefinition['actions'][string]> = { id: string } & z.input<A['input']>;

/** An action that is declared for each line of its terms may be done for several, one after the other, in their order. */
type Each<D extends ProcessDefinition, A extends ProcessDefinition['actions'][string]> = A extends { each: string }
  ? {
      each(
        lines: readonly Line<A>[],
        approval: Approval<A['on'], TermsOf<D, A['on']>>,
      ): Promise<({ id: string } & OutputOf<A>)[]>;
    }
  : {};

/** A message that fails goes to a person and the case goes on without its answer; any other write answers or throws. */
type OutputOf<A extends ProcessDefinition['actions'][string]> = A extends { irreversible: string }
  ? z.output<A['output']> | undefined
  : z.output<A['output']>;

/** How a wait may end, and what is done meanwhile. Instants and days are of the case's own clock. */
export interface Within {
  /** No later than this instant, or the end of this day. */
  until?: string | undefined;
  reminders?: Reminders;
  /** Runs beside the wait, and is called off once that is over. It may put off the end, also by a write under way when the time is up. */
  meanwhile?: (putOff: (until: string) => void) => Promise<unknown>;
}

export interface Reminders {
  /** The first time: an instant, or a day, which counts from its beginning. */
  from: string;
  /** Reminds when `at` has come, and answers when to do so next; nothing when never again. Called off once the wait is over. */
  remind(at: string): Promise<string | undefined>;
}

type Impact<D> = D extends { impact: infer I extends z.ZodType } ? [impact?: z.input<I>] : [];

/** The verbs a process is written in, each typed from what the process declares. */
export interface Steps<D extends ProcessDefinition> {
  /**
   * Read the named parts of the context, in parallel. Each must meet its contract and be fresh; until it does, its owner is
   * asked and the case waits. Fails the case with `data-contract-breach` when the owner says it cannot be had.
   */
  assemble<W extends { [N in keyof D['context']]?: z.input<D['context'][N]['by']> }>(
    wanted: W,
  ): Promise<{ [N in keyof W & keyof D['context']]: SourceOf<D, N> }>;

  /** Ask a model. No usable answer is not an error: the declared fallback comes back, not confident. */
  infer: {
    [N in keyof D['inferences']]: (given: GivenOf<D, N>) => Promise<AnswerOf<D, N>>;
  };

  /** Apply a policy to the facts, for these terms. */
  check: {
    [N in keyof D['policies']]: {
      (facts: FactsOf<D, N>, terms: TermsOf<D, D['policies'][N]['on']>): Promise<RulingOf<D, N>>;
      /** Rule on several lines at once: the most careful ruling stands for all. */
      each(lines: readonly FactsOf<D, N>[], terms: TermsOf<D, D['policies'][N]['on']>): Promise<RulingOf<D, N>>;
    };
  };

  /** Put the case to its owner and wait, within the contract's time, for the decision on these terms. */
  handOff: { [N in keyof D['handoffs']]: HandOff<D, D['handoffs'][N]> } & {
    /** Put the same terms to several owners at once. All must approve; the first refusal ends it; an amendment asks the others again. */
    all<On extends keyof D['terms'] & string>(
      packets: Packets<D, On, { owner: string | { by: 'record' } }>,
      on: On,
      terms: TermsOf<D, On>,
      turned?: Turned,
    ): Promise<Decision<On, TermsOf<D, On>>>;
    all<On extends keyof D['terms'] & string, R extends Ruled>(
      packets: Packets<D, On>,
      on: On,
      terms: TermsOf<D, On>,
      turned: Turned & { to: Naming<R> },
    ): Promise<Decision<On, TermsOf<D, On>>>;
  };

  /** Go round after round, at most as often as is declared, until one ends otherwise than `again`. */
  rounds: { [N in keyof NonNullable<D['rounds']>]: Rounds };

  /** Write to a system of record, on approved terms. `of` names the line of the terms it is for, where there are several. */
  act: {
    [N in keyof D['actions']]: ((
      input: z.input<D['actions'][N]['input']>,
      approval: Approval<D['actions'][N]['on'], TermsOf<D, D['actions'][N]['on']>>,
      which?: { of: string },
    ) => Promise<OutputOf<D['actions'][N]>>) &
      Each<D, D['actions'][N]>;
  };

  /** Wait, no longer than declared, for a business event; one that came early is there already. Undefined when none came. */
  receive: {
    [N in keyof D['events']]: (
      by: z.input<D['events'][N]['by']>,
      within?: Within,
    ) => Promise<EventOf<D, N> | undefined>;
  } & {
    /** Wait for whichever of several comes first. */
    first<W extends { [N in keyof D['events']]?: z.input<D['events'][N]['by']> }>(
      awaited: W,
      within?: Within,
    ): Promise<Received<D, keyof W & keyof D['events']> | undefined>;
  };

  /** Compensate, newest first, every write so far. Runs by itself when a case fails or is cancelled. */
  compensate: ((because: string) => Promise<void>) & {
    /**
     * Compensate the newest write of this action (on this line) that stands, and answer what became of it. The case goes on and may
     * write again.
     */
    [N in keyof D['actions'] as D['actions'][N] extends { irreversible: string } ? never : N]: (
      because: string,
      which?: { of: string },
    ) => Promise<Undone>;
  };

  /** Close the case under one of its declared outcomes. */
  conclude: {
    [N in keyof D['outcomes'] & string]: (
      result: z.input<D['outcomes'][N]>,
      ...impact: Impact<D>
    ) => Conclusion<N, z.output<D['outcomes'][N]>>;
  };
}

export type ConclusionOf<D extends ProcessDefinition> = ReturnType<Steps<D>['conclude'][keyof D['outcomes'] & string]>;

/** The case as its workflow knows it. */
export interface Case extends Clock {
  caseId: string;
  /** Who asked for it, as the store has it. */
  requestedBy: string;
  /** On the case's own clock. */
  openedAt: string;
}

import type { z } from 'zod';
import type { Asks, Rework } from './asking.ts';
import type { LimitedBy, NeedsReason } from './authority.ts';
import type { Summing } from './sums.ts';

/** The vocabulary a process is declared in. Plain data: activities, API, console and documents all read it. */

type Fields = z.ZodObject;
type Schema = z.ZodType;

/** A call on a system of record, written `system.operation`; the connectors in `systems/` implement them. */
export type Operation = `${string}.${string}`;

/** A span of the wall clock (`7 days`). */
export type WallSpan = `${number} ${'minutes' | 'hours' | 'days'}`;

/** A span of working time in the owner's calendar (`4 business hours`), or of the wall clock. */
export type Span = WallSpan | `${number} ${'business hours' | 'business days'}`;

/** One part of a case's context: where it is read, who answers for it, what it must hold and how old it may be. */
export interface Source<By extends Fields = Fields, Gives extends Schema = Schema> {
  reads: Operation;
  /** The queue that is asked to put the data right when this contract is broken. */
  owner: string;
  maxAge: WallSpan;
  /** How often its owner is asked to put the same data right; after that it cannot be had. Five times where nothing is said. */
  repairsAtMost?: number;
  by: By;
  /** What must come back. Where the system may not have it, say `.nullable()`: "none" is an answer for the rules, not a breach. */
  gives: Gives;
}

/** One question put to a model. It sees the fields of `given` and no others; without a usable answer `fallback` stands. */
export interface Inference<Given extends Fields = Fields, Returns extends Fields = Fields> {
  instructions: string;
  given: Given;
  returns: Returns;
  /** Fields of `given`: what the answer holds under `quote` or `quotes` must stand there word for word, or it is unusable. */
  quotesFrom?: readonly string[];
  /** Instead, what misquotes is taken out of the answer's lists, and the answer then does not count as sure. */
  misquotes?: 'dropped';
  /**
   * Fields of the request that no model learns: what they hold, and any e-mail address or phone number, is masked in the texts
   * that are given. The record says so.
   */
  withholds?: readonly string[];
  /** Fields of `given` that packets hold under another name: whoever reads what it relied on is led there. */
  shownAs?: Readonly<Record<string, string>>;
  fallback: z.input<Returns>;
  /** From this confidence on (0 to 1), an answer counts as sure. */
  confidenceThreshold: number;
  /** How long a model that is down or unusable is tried again before the fallback stands. */
  retryFor: WallSpan;
}

/** A decision table, first row that holds wins. The table is data, published apart from the code; this is its contract. */
export interface Policy<On extends string = string, Facts extends Fields = Fields, Verdict extends string = string>
  extends Verdicts<On, Facts, Verdict>, Partial<Summing<Verdict>> {
  /** What a row may say beside its verdict. A handoff reads `owner`, a queue, and `minutes`, the time it has to answer. */
  outputs?: Fields;
}

/** A policy whose rows give a verdict and nothing else. */
export interface Verdicts<On extends string, Facts extends Fields, Verdict extends string> {
  /** Which of the process's terms it rules on. */
  on: On;
  facts: Facts;
  /** From the least to the most careful; of several rulings the most careful stands. */
  verdicts: readonly Verdict[];
  table: unknown;
}

/**
 * Whose turn it is: a queue; whichever of these queues the ruling names; the person whom a record names; or the queue that the
 * request names, where the process is `internal` and so no one but Baton says what is in its request.
 */
export type Owner =
  | string
  | { by: 'ruling'; among: readonly string[] }
  | { by: 'record'; source: string; field: string }
  | { by: 'request'; field: string };

/** A person's turn, as a contract: who owns it, by when, what they must be shown, what they may change. */
export type Handoff<
  On extends string = string,
  Requires extends Fields = Fields,
  Amends extends string = string,
> = Takeover<Requires> &
  (
    | Deciding<On, Amends>
    | {
        on?: undefined;
        mayAmend?: undefined;
        ruledAgainBy?: undefined;
        limitedBy?: undefined;
        approvals?: undefined;
      }
  );

/** A handoff by which the case only changes hands: nobody approves anything, so that nothing is done on it. */
export type Takeover<
  Requires extends Fields = Fields,
  Whose extends Owner = Owner,
  Others extends string = string,
> = Drafting & {
  owner: Whose;
  answerWithin: Span;
  escalateTo: string;
  /** From opening on. Then the answer is `expired`, which is not a "no" and never a "yes". */
  expiresAfter: Span;
  /** Whose calendar says when it expires once it is escalated; left out, that by which it was opened. */
  afterEscalation?: 'calendar of escalateTo';
  /** The clock stands still while a question put from it is open (`asked`), or while the case waits for one of these events. */
  pausesWhile?: readonly string[];
  /**
   * How often others' amendments ask it again, where several are asked at once (five times where nothing is said); then the terms
   * come back as `returned`.
   */
  askedAgainAtMost?: number;
  requires: Requires;
  asks?: Asks;
  rework?: Rework<keyof Requires['shape'] & string>;
  /** Whoever approved one of these handoffs of the same case does not answer this one. */
  notBy?: readonly Others[];
  /** Which answers are refused without a reason. */
  reasonFor?: readonly NeedsReason[];
};

/**
 * Fields of the packet and of the terms that a model drafted, and what the owner sees of them when the model was unsure. A hidden
 * draft is not approved: who approves writes their own.
 */
type Drafting =
  | { drafts: readonly [string, ...string[]]; whenUnsure: 'show the draft' | 'hide the draft' }
  | { drafts?: undefined; whenUnsure?: undefined };

/**
 * Which of the process's terms the owner decides on; what they may amend of it, and the policy (or whichever of several) that
 * rules on amended terms before anything is written on them.
 */
export interface Deciding<
  On extends string = string,
  Amends extends string = string,
  By = string | readonly string[] | undefined,
> {
  on: On;
  mayAmend: readonly Amends[];
  ruledAgainBy?: By;
  /** Whoever has a limit of authority approves no more than that; left out, limits do not concern it. */
  limitedBy?: LimitedBy | undefined;
  /** How many different people of its queue must approve the same terms; one where nothing is said. The first "no" decides. */
  approvals?: number;
}

/** A write to a system of record, and the write that compensates it (or why none can). */
export type Action<On extends string = string, Input extends Fields = Fields, Output extends Fields = Fields> = {
  /** Which terms must have been approved; every field that input and terms share must be equal. */
  on: On;
  /** Names a list in the terms, each of its lines with an `id`: then one write is for one line, once, and is held to that line. */
  each?: string;
  does: Operation;
  input: Input;
  output: Output;
  /** The text of the output by which the system knows what was written: whoever finds the write there says just that. */
  reference?: keyof Output['shape'] & string;
  /** Input fields that are not in the terms, and so were approved by nobody: each is named here, or refused. */
  alsoTakes?: readonly string[];
} & ({ compensatedBy: Operation; irreversible?: undefined } | { irreversible: string; compensatedBy?: undefined });

/** Something that happens elsewhere and that a case waits for; `by` are the fields that tell which cases are meant. */
export interface Event<By extends Fields = Fields, Gives extends Fields = Fields> {
  by: By;
  gives: Gives;
  within: Span;
  /** How often a case reminds of it while it waits; after that it only waits. Thirty times where nothing is said. */
  remindersAtMost?: number;
  /** Every case that waits for it when it comes, or later; else the first one takes it, and no other. */
  reaches?: 'every case';
  /** The queue to ask while a case waits for it; nobody in particular when left out. */
  owner?: string;
}

/**
 * Cases that the clock opens: once a day, what falls due soon is looked for, and each find is the request of a case. The
 * request's key makes it one case, however often the clock strikes.
 */
export interface Schedule<Gives extends Fields = Fields> {
  /** By UTC, as `06:00`. */
  dailyAt: `${number}:${number}`;
  /** A read that takes `{ from, to, after, limit }`, days and a place, and answers page by page: `{ due, next }`. */
  finds: Operation;
  /** How many days from today on are looked at. */
  daysAhead: number;
  /** How many finds a page holds. */
  pageSize: number;
  /** The queue that answers for what is found. */
  owner: string;
  /** Each find, as far as the request takes it from there. */
  gives: Gives;
}

/** Something that a case does again and again. After so many rounds its workflow says what becomes of it, or its process's owner does. */
export interface Rounds {
  atMost: number;
}

/** `e-invoice`: an invoice by EN 16931, as UBL or CII. */
export type Document = 'e-invoice';

export interface ProcessDefinition {
  name: string;
  owner: string;
  /** The queue that approves its writes when its level of autonomy says so; left out, the owner. */
  supervisedBy?: string;
  /** Of Baton's own: nobody asks for a case of it and no event starts one. Baton opens it, with a request that it made itself. */
  internal?: true;
  request: Fields;
  /** The fields of the request that make two events the same case. */
  key: readonly string[];
  /** Roles whose members may ask for a case over the API; left out, only systems do. */
  requestedBy?: readonly string[];
  /** Fields of the request that only another system may say over the API, since rules rely on them: a price quoted, a discount approved. */
  saidBySystems?: readonly string[];
  /** Fields of the request that hold whom a case is about: like who asked, they decide nothing in it. */
  about?: readonly string[];
  /** The event that starts a case, as CloudEvent `<process>.<startsOn>`; its data is the request. Left out where none does. */
  startsOn?: string;
  /** Documents that start a case of it. What `api/` reads from one is the request. */
  documents?: readonly Document[];
  /** What approvals approve, each by its name. An action runs only on its terms, as approved. */
  terms: Record<string, Fields>;
  outcomes: Record<string, Fields>;
  context: Record<string, Source>;
  inferences: Record<string, Inference>;
  policies: Record<string, Policy<any, any, any>>;
  handoffs: Record<string, Handoff>;
  actions: Record<string, Action>;
  events: Record<string, Event>;
  /**
   * For a process whose code changes so that cases begun before it do not go on: each runs to its end on the version of the code on
   * which it began, whose workers must run as long as this.
   */
  longestLife?: Span;
  /** What a case may come back to, each by its name, and how often. */
  rounds?: Record<string, Rounds>;
  /** What a case may say, when it concludes, that it was worth to the business; each measure is optional. */
  impact?: Fields;
  /** Left out where cases are only ever asked for. */
  schedule?: Schedule;
}

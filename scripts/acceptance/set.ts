import type { Line } from '../../store/record.ts';
import type { Baton } from './baton.ts';
import type { Difference } from './compare.ts';

/** A row of `cases.jsonl`. A case is given nothing but `event` and `records`; `expected` is what it is compared with. */
export interface Row<Event = any, Records = any, Expected = any> {
  case_id: string;
  style?: string;
  event: Event;
  records: Records;
  expected: Expected;
}

/** A write by the name and arguments of the system it goes to. */
export interface Write {
  operation: string;
  body: Record<string, unknown>;
}

/** Stands for whoever is in the owner's queue, or for the owner where that is a person; another one for each handoff of a case. */
export const anyMember = Symbol('any member');

/** What a row wants of the product, under our names. Handoffs and waits are named as the set's `called` names them. */
export interface Expectation {
  /** `closed`, or `waiting for <names, sorted, with commas>`; of several, each will do. */
  rest: string | readonly string[];
  /** The handoffs, in the order in which they are asked for; those in a list of their own are asked at once. */
  asked: readonly (string | readonly string[])[];
  /** Who approves which handoff, unchanged. Nobody else answers. */
  approvals: Record<string, string | typeof anyMember>;
  writes: Write[];
  /** What each system's `totals` come to. */
  total: number;
  values: Record<string, unknown>;
  /** The rule that decided, by the set's `deciding`. */
  rule?: string;
}

export const nothing: Expectation = { rest: 'closed', asked: [], approvals: {}, writes: [], total: 0, values: {} };

/** The data writes names with underscores. */
export const kebab = (name: string): string => name.replaceAll('_', '-');

/** A handoff or a wait: who was first asked, also where it has been escalated since. */
export interface Asked {
  name: string;
  owner?: string;
}

export interface AskedHandoff extends Asked {
  owner: string;
  packet: any;
  terms: any;
}

export interface SeenRuling {
  policy: string;
  rule: string;
  verdict: string;
  outputs: Record<string, unknown>;
  terms: any;
  facts: any[];
}

/** What the product did and wrote about a case until it came to rest. */
export interface Observed {
  rest: string;
  asked: string[];
  /** The journal's lines of the case but for those that were taken back. */
  writes: Write[];
  /** What the first write was approved on: the ruling's terms, or those a person decided on. */
  approved: Record<string, unknown> | undefined;
  /** The same for the first write of each operation. */
  approvedFor: Record<string, Record<string, unknown> | undefined>;
  handoffs: AskedHandoff[];
  rulings: SeenRuling[];
  waitingOn: (Asked & { for: string; dueAt: string })[];
  outcome: string | null;
  result: any;
  record: Line[];
}

export interface Parameter {
  name: string;
  /** By the data. */
  theirs: unknown;
  /** By our seeded tables. */
  ours: unknown;
}

/** Rows of another kind, counted on a line of their own; no share of them is asked for. */
export interface MoreRows {
  /** `xml`: the line is `<set>, xml: N of M as expected`. */
  name: string;
  /** Those in the set's folder, or the sentence that says why they are not run. */
  rows(folder: string): MoreRow[] | string;
}

export interface MoreRow {
  id: string;
  /** Answers in what it is not as expected. `run` makes keys of this run its own. */
  run(baton: Baton, run: string): Promise<Difference[]>;
}

/** All that the runner knows about one set: each name of the data stands for exactly one of ours. */
export interface SetTable<Event = any, Records = any, Expected = any, References extends object = any> {
  /** The folder. */
  set: string;
  process: string;
  /** Beside the rows: what the data was made with. `policy-rules.json`, unless the set says otherwise. */
  policyFile?: string;
  /** Of an event that names a document of the set's folder: that name. The document is read into `event.text`. */
  documentOf?(event: Event): string;
  /** Files of the data that no row holds, JSON or plain text, by our name for each; the folder's own, else the usual folder's. */
  references?: { [Name in keyof References]: string };
  /** The moment at which the case's own clock starts: an instant, or a date, which is 09:00 UTC on it. Else now. */
  asOf?(event: Event, references: References): string;
  /** The request as the process declares it; `key` is the idempotency key. */
  request(event: Event, key: string, records: Records, references: References): Record<string, unknown>;
  /** What the systems hold, as `PUT /_records` of the sandbox takes it. */
  records(
    records: Records,
    references: References,
    event: Event,
    key: string,
  ): Record<string, Record<string, unknown[]>>;
  expects(expected: Expected, event: Event, records: Records, references: References): Expectation;
  /** How a handoff or a wait is called in what is expected; by its name, unless the set says otherwise. */
  called?(asked: Asked): string;
  /** The data of the events that the customer of a conversation sends when the case waits for them, by name. */
  says?(key: string): Record<string, unknown>;
  /** Several may be asked at once: it is at rest only once nobody has been added for a moment. */
  asksSeveral?: true;
  /** The policy whose last ruling decided. */
  deciding?: string;
  /** Operations before the first of which everybody must have been asked; all, unless some are named. */
  askedBefore?: readonly string[];
  /**
   * Operations that are compared only in what they come to together in each system: the field that is summed, with a `-`
   * before it where it is to be subtracted.
   */
  totals?: Record<string, string>;
  /** The share of the rows that is enough; all, unless the set says otherwise. */
  enough?: number;
  /** Operations that are not compared. */
  uncounted?: readonly string[];
  /** The field of a write within which alone the order of writes counts; nowhere, unless one is named. */
  orderedWithin?: string;
  /** The row is there to say how what was found relates to it, as one quote to another; not to be answered from. */
  values(observed: Observed, row: Pick<Row<Event, Records, Expected>, 'event' | 'expected'>): Record<string, unknown>;
  /** Those of the data beside those of our tables. */
  parameters(policy: any): Parameter[];
  more?: readonly MoreRows[];
}

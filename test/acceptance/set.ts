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

/** What a row wants of the product, under our names. */
export interface Expectation {
  /** `closed`, or `waiting for <handoff or event>`. */
  rest: string;
  /** The handoffs, in the order in which they are asked for, all of them before the first write. */
  asked: string[];
  /** Who approves which handoff, unchanged. Nobody else answers. */
  approvals: Record<string, string>;
  writes: Write[];
  /** What each of the set's `totals` comes to. */
  total: number;
  values: Record<string, unknown>;
}

/** What the product did and wrote about a case until it came to rest. */
export interface Observed {
  rest: string;
  asked: string[];
  /** The journal's lines of the case but for those that were taken back. */
  writes: Write[];
  /** What the first write was approved on: the ruling's terms, or those a person decided on. */
  approved: Record<string, unknown> | undefined;
}

export interface Parameter {
  name: string;
  /** By the data. */
  theirs: unknown;
  /** By our seeded tables. */
  ours: unknown;
}

/** All that the runner knows about one set: each name of the data stands for exactly one of ours. */
export interface SetTable<Event = any, Records = any, Expected = any> {
  /** The folder. */
  set: string;
  process: string;
  /** The request as the process declares it; `key` is the idempotency key. */
  request(event: Event, key: string): Record<string, unknown>;
  /** What the systems hold, as `PUT /_records` of the sandbox takes it. */
  records(records: Records): Record<string, Record<string, unknown[]>>;
  expects(expected: Expected): Expectation;
  /** The data of the events that the customer of a conversation sends when the case waits for them, by name. */
  says(key: string): Record<string, unknown>;
  /** Operations that are compared only in what they come to together: the field that is summed. */
  totals: Record<string, string>;
  /** Operations that are not compared. */
  uncounted: readonly string[];
  /** The field of a write within which alone the order of writes counts. */
  orderedWithin: string;
  values(observed: Observed): Record<string, unknown>;
  /** Those of the data beside those of our tables. */
  parameters(policy: any): Parameter[];
}

export interface Entry {
  caseId: string;
  seq: number;
  type: string;
  key: string;
  at: string;
  actor: string;
  body: any;
}

export interface About {
  from: string;
  to: string;
  /** The text of `scorecard/rates.json` and `models/prices.json`. */
  rates: any;
  prices: any;
  /** By `process/action` the operation that compensates it. */
  undoes: Record<string, string | undefined>;
  /** `<process>/<impact>` of what is an amount. */
  amounts: readonly string[];
}

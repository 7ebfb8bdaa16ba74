export interface Usage {
  promptTokens: number;
  completionTokens: number;
}

/** `amount` in millionths of the currency: 1 USD is 1,000,000. */
export interface Cost {
  amount: number;
  currency: string;
}

/** The model answered, and the answer is of no use. `reason` holds nothing of what was asked or answered; `output` does. */
export class ModelUnusable extends Error {
  readonly reason: string;
  /** What came back, raw; empty if nothing did. */
  readonly output: string;
  readonly usage: Usage | null;
  readonly cost: Cost | null;

  constructor(reason: string, output = '', usage: Usage | null = null, cost: Cost | null = null) {
    super(`the model's answer is unusable: ${reason}`);
    this.name = 'ModelUnusable';
    this.reason = reason;
    this.output = output;
    this.usage = usage;
    this.cost = cost;
  }
}

/** No answer came. It may come later. */
export class ModelUnavailable extends Error {
  readonly reason: string;
  readonly status: number | undefined;
  /** How long the provider asked us to wait, in milliseconds, if it did. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, status?: number, retryAfterMs?: number) {
    super(`the model is unavailable: ${reason}`);
    this.name = 'ModelUnavailable';
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

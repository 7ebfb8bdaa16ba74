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

  /** What the record says of this try. */
  get details(): Record<string, unknown> {
    const { reason, output, usage, cost } = this;
    return { reason, output, usage, cost };
  }
}

/** The provider takes our request for wrong, so the same request will not do better. */
export class RequestRefused extends ModelUnusable {
  readonly status: number;
  /** What the provider said, raw: it may repeat what was asked. */
  readonly said: string;

  constructor(status: number, said: string) {
    super(`the provider refused the request (${status})`);
    this.name = 'RequestRefused';
    this.status = status;
    this.said = said;
  }

  override get details() {
    return { ...super.details, status: this.status, said: this.said };
  }
}

/** No answer came. It may come later. */
export class ModelUnavailable extends Error {
  readonly reason: string;
  readonly status: number | undefined;
  /** How long the provider asked us to wait, in milliseconds, if it did. Whoever waits decides whether it does so. */
  readonly retryAfterMs: number | undefined;
  /** What the provider said, raw: it may repeat what was asked. */
  readonly said: string;

  constructor(reason: string, { status, retryAfterMs, said = '' }: Partial<Told> = {}) {
    super(`the model is unavailable: ${reason}`);
    this.name = 'ModelUnavailable';
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.said = said;
  }

  /** What the record says of this try. */
  get details(): Record<string, unknown> {
    const { reason, status = null, retryAfterMs = null, said } = this;
    return { reason, status, retryAfterMs, said };
  }
}

interface Told {
  status: number | undefined;
  retryAfterMs: number | undefined;
  said: string;
}

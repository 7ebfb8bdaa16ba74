/** A system's definite "no", or an answer that breaks its contract. Trying again would not change it. */
export class SystemRefused extends Error {
  override readonly name = 'SystemRefused';
  readonly system: string;
  /** The system's own code, or `http-<status>` where it gave none; `too-large`, `answer-invalid` for a broken contract. */
  readonly code: string;
  /** Of its answer, where it said so by HTTP. */
  readonly status: number | undefined;
  constructor(system: string, code: string, message: string, status?: number) {
    super(message);
    this.system = system;
    this.code = code;
    this.status = status;
  }
}

/** `retryAfterMs`: when the system wants to be asked again, no longer than we wait for it. */
export interface Unavailability {
  cause?: unknown;
  retryAfterMs?: number | undefined;
}

/** No usable answer now; the same call, under the same key, may be tried again. */
export class SystemUnavailable extends Error {
  override readonly name: string = 'SystemUnavailable';
  readonly system: string;
  /** Whether a write may have taken effect all the same, or still may. Always false for a read. */
  readonly mayHaveApplied: boolean;
  readonly retryAfterMs: number | undefined;
  constructor(system: string, message: string, mayHaveApplied: boolean, { cause, retryAfterMs }: Unavailability = {}) {
    super(message, { cause });
    this.system = system;
    this.mayHaveApplied = mayHaveApplied;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An earlier call of the same key is still at work in the system: what becomes of it is asked later. */
export class SystemUnderWay extends SystemUnavailable {
  override readonly name = 'SystemUnderWay';
}

/** As many calls to this system as agreed were made already; this one was not sent. */
export class SystemBusy extends SystemUnavailable {
  override readonly name = 'SystemBusy';
  constructor(system: string, message: string, retryAfterMs?: number) {
    super(system, `${system}: ${message}`, false, { retryAfterMs });
  }
}

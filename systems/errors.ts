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

/** No usable answer now; the same call, under the same key, may be tried again. */
export class SystemUnavailable extends Error {
  override readonly name: string = 'SystemUnavailable';
  readonly system: string;
  /** Whether a write may have taken effect all the same. Always false for a read. */
  readonly mayHaveApplied: boolean;
  constructor(system: string, message: string, mayHaveApplied: boolean, cause?: unknown) {
    super(message, { cause });
    this.system = system;
    this.mayHaveApplied = mayHaveApplied;
  }
}

/** Too many calls to this system are under way already; this one was not sent. */
export class SystemBusy extends SystemUnavailable {
  override readonly name = 'SystemBusy';
  constructor(system: string, atOnce: number) {
    super(system, `${system}: ${atOnce} calls are under way already`, false);
  }
}

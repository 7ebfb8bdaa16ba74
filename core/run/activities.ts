import type { Limits } from '../declare/limits.ts';
import type { Decision, Ruling } from './approval.ts';
import type { Answer, Undone } from './steps.ts';

/** What the workflows may call. One file per verb in `activities/` implements them, generic over processes and idempotent by key. */

export interface Step {
  caseId: string;
  process: string;
  name: string;
  /** `<caseId>/<name>-<n>`, n counted within the name. A step's result is stored under it, and a second try reads it back. */
  key: string;
}

export interface Opening {
  caseId: string;
  process: string;
  /** The first run under this workflow id; a later run of the same id is another start of the same case, and refused. */
  runId: string;
  request: unknown;
  /** Who started it, when it was not our API: the API's own word is in the inbox. */
  requestedBy?: string;
}

export interface Opened {
  request: unknown;
  requestedBy: string;
  /** On the case's own clock, which runs `clockOffsetMs` before the real one. */
  openedAt: string;
  clockOffsetMs: number;
  /** As declared when it was opened; a case opened before there were any has none. */
  limits?: Limits;
}

/**
 * Whose turn it is and until when, or the decision (expiry is one). Instants named `dueAt` are on the case's own clock, for
 * people; `wakeAt` is on Temporal's, for the timer. `personal`: the owner is a person, whose name stays out of what Temporal
 * does not encrypt.
 */
export type Turn =
  | { decision: Decision; owner?: undefined; dueAt?: undefined; wakeAt?: undefined; personal?: undefined }
  | { decision?: undefined; owner: string; dueAt: string; wakeAt: string; personal?: true };

/** Whose task it is to find out what became of a write, and until when; the detail of the failure `outcome-unknown`. */
export interface TaskTurn {
  task: string;
  owner: string;
  dueAt: string;
  wakeAt: string;
}

export type Awaited = { event: unknown } | { over: true } | { dueAt: string; wakeAt: string; owner?: string };

export type Context = { context: Record<string, unknown> } | { breach: { handoffId: string } };

export interface Intent {
  key: string;
  action: string;
}

export interface Closing {
  caseId: string;
  process: string;
  outcome: string;
  result: unknown;
  impact?: unknown;
}

/** What a handoff leaves to the case: a ruling's reference, and a time. */
export interface Asking {
  to?: string;
  dueBy?: string;
}

/** One page of what a process's schedule finds, from a day on. */
export interface DuePage {
  process: string;
  today: string;
  /** Where the page before ended; null for the first. */
  after: string | null;
}

export interface DueOpened {
  opened: number;
  /** Cases that were there already. */
  known: number;
  /** Finds that are no request of this process. */
  unusable: number;
  next: string | null;
}

export interface Activities {
  /** Registers the case and answers its request as its contract reads it. Fails: `request-invalid`, `workflow-id-invalid`, `case-exists`. */
  openCase(opening: Opening): Promise<Opened>;
  /** Reads every wanted source; a broken data contract opens a handoff with the source's owner and answers that. */
  assembleContext(step: Step & { wanted: Record<string, unknown>; round: number }): Promise<Context>;
  /** Fails: `model-unusable`, `model-unavailable` once the model has been tried for as long as is declared. */
  runInference(step: Step & { given: unknown }): Promise<Answer>;
  fallBack(step: Step & { given: unknown; because: string }): Promise<Answer>;
  /** Fails: `facts-invalid`, `facts-contradict-terms`. */
  checkPolicy(step: Step & { lines: unknown[]; terms: unknown }): Promise<Ruling>;
  /** `reworked`: the rework after which it is asked again. Fails: `packet-invalid`, `terms-invalid`, `writes-closed`. */
  openHandoff(step: Step & Asking & { packet: unknown; terms: unknown; reworked?: string }): Promise<Turn>;
  /** What the store holds about a handoff now, moved on to the stage that has come. */
  turnHandoff(step: Step): Promise<Turn>;
  withdrawHandoff(step: Step & { because: string }): Promise<void>;
  awaitEvent(step: Step & { by: unknown; until?: string }): Promise<Awaited>;
  /**
   * Fails: `outcome-unknown` with a `TaskTurn`, then to be called again; `person-needed` when the process's level of autonomy asks
   * for one who has not approved it; `approval-invalid`, `cancel-requested`, `input-invalid`, `writes-closed`, `action-refused`.
   */
  performAction(step: Step & { of?: string; input: unknown; approval: string }): Promise<unknown>;
  /** Puts an approved write to the supervising queue, once for its approval. Fails as `performAction` does of the approval. */
  openSupervision(step: Step & { of?: string; input: unknown; approval: string }): Promise<Turn>;
  /** Stops further writes of this case and lists the newest of those on record, newest first; nothing once the case is closed. */
  planCompensation(step: {
    caseId: string;
    process: string;
    because: string;
    /** What a step refused with, where that is why. */
    refusal?: string | undefined;
    atMost: number;
  }): Promise<Intent[]>;
  /** Never fails: what cannot be compensated becomes a task. */
  compensateAction(step: Intent & { caseId: string; process: string; because: string }): Promise<void>;
  /** Compensates the newest write of this name (and line) that stands, the same one at a second try. Never fails. */
  compensateNewest(step: Step & { of?: string; because: string }): Promise<Undone>;
  /** A task for the process's owner: the case went on for too long. Never fails. */
  leaveToOwner(step: { caseId: string; process: string; because: string }): Promise<void>;
  /** First writer wins; answers what the case was closed as. A result that breaks its contract is closed and flagged. Fails: `cancel-requested`. */
  closeCase(closing: Closing): Promise<{ outcome: string; result: unknown }>;
  /** Opens a case for each find on one page of what is due. Fails: `data-contract-breach` once the system was away too long. */
  openDueCases(page: DuePage): Promise<DueOpened>;
}

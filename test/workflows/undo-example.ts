/** A write that a process's action does, on records on which it can be done. */
export interface UndoExample {
  /** As `PUT /_records` of the sandbox takes it. */
  records: Record<string, Record<string, unknown[]>>;
  input: Record<string, unknown>;
  /** Kinds, as `ledger.entries`, in which taking back adds a record of its own instead of removing one. */
  adds?: readonly string[];
}

/** One for each action of a process that can be taken back, by the action's name. */
export type UndoExamples = Record<string, UndoExample>;

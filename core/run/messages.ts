import { defineQuery, defineSignal } from '@temporalio/workflow';

/**
 * Sent once a decision is stored. A reader of the Web UI sees who said what; the case itself believes none of it and asks the
 * store.
 */
export interface Decided {
  handoffId: string;
  verdict: string;
  by: string;
}
export const decidedSignal = defineSignal<[Decided]>('decided');

/** Sent once a business event was stored for this case. `awaitedId` names what was awaited, `id` and `type` the event. */
export interface Received {
  awaitedId: string;
  id: string;
  type: string;
}
export const receivedSignal = defineSignal<[Received]>('received');

/** Sent once the times of a handoff are others, with the reason: its clock went on, a calendar changed. */
export interface Changed {
  handoffId: string;
  because: string;
}
export const changedSignal = defineSignal<[Changed]>('changed');

/** What a case waits for. `dueAt` is on the case's own clock. */
export interface Waiting {
  for: 'handoff' | 'event';
  id: string;
  owner?: string;
  /** The owner is a person, not a queue. */
  personal?: true;
  dueAt: string;
}

export interface CaseStatus {
  stage: string;
  waitingOn: Waiting[];
}
export const statusQuery = defineQuery<CaseStatus>('status');

import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities.ts';
import type { Place } from './calls.ts';

/** How far the history of a case may grow before the case is ended. */
export interface Room {
  events: number;
  bytes: number;
}

/**
 * Temporal kills a workflow at 51,200 events or 50 MiB. To compensate a write costs at most eight events, and a case has no more
 * writes than events: compensation and closing fit in what is left.
 */
export const usualRoom: Room = { events: 4_000, bytes: 10 * 1024 * 1024 };

/** The steps by which a case ends; they are never refused. */
const ending: ReadonlySet<keyof Activities> = new Set([
  'withdrawHandoff',
  'planCompensation',
  'compensateAction',
  'compensateNewest',
  'leaveToOwner',
  'closeCase',
]);

/** Steps begin as long as there is room; then each fails with `history-limit`, but for those that end the case. */
export const within =
  (room: Room, place: Place): Place =>
  (verb, name, summary) => {
    const call = place(verb, name, summary) as (step: never) => Promise<unknown>;
    if (ending.has(verb)) return call as Activities[typeof verb];
    return ((step: never) => (isFull(room) ? Promise.reject(full(summary)) : call(step))) as Activities[typeof verb];
  };

function isFull({ events, bytes }: Room): boolean {
  const { historyLength, historySize } = workflowInfo();
  return historyLength > events || historySize > bytes;
}

const full = (summary: string) =>
  ApplicationFailure.nonRetryable(`Its history in Temporal is too long to go on to: ${summary}`, 'history-limit');

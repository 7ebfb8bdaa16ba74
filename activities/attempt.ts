import { Context } from '@temporalio/activity';
import type { Conditions } from '../systems/conditions.ts';
import type { CallOptions } from '../systems/http.ts';
import type { Timing } from './dependencies.ts';

/** For a call on a system: short inside a workflow task, longer as an ordinary activity; it ends before the activity does. */
export function callOptions({ localCallMs, remoteCallMs }: Timing): CallOptions {
  const { info, cancellationSignal: signal } = Context.current();
  return { signal, timeoutMs: info.isLocal ? localCallMs : remoteCallMs };
}

/** How often this step was tried, and for how long altogether, in milliseconds: what the record says of it. */
export function tried(): { tries: number; tookMs: number } {
  const { isLocal, attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = Context.current().info;
  const began = isLocal ? currentAttemptScheduledTimestampMs : scheduledTimestampMs;
  return { tries: isLocal ? attempt : attempt + 1, tookMs: Math.max(0, Date.now() - began) }; // a local one came first
}

export interface Attempt {
  /** For all calls of the attempt together: they end before the activity does, so that it can say what became of them. */
  options: CallOptions;
  timeoutMs: number;
  /** How long the attempt may at most still do something, in milliseconds. */
  leaseMs: number;
}

/** This attempt at a write on a system. */
export function attempt(timing: Timing, conditions: Pick<Conditions, 'timeoutMs'>): Attempt {
  const usual = callOptions(timing);
  const timeoutMs = Math.min(usual.timeoutMs, conditions.timeoutMs);
  return {
    options: { ...usual, timeoutMs, endBy: performance.now() + timeoutMs },
    timeoutMs,
    leaseMs: timeoutMs + 500,
  };
}

/** Sends Temporal a heartbeat every second, while `body` runs. */
export async function alive<T>(body: () => Promise<T>): Promise<T> {
  const context = Context.current();
  if (context.info.isLocal) return body();
  const beat = setInterval(() => context.heartbeat(), 1_000);
  try {
    return await body();
  } finally {
    clearInterval(beat);
  }
}

import { Context } from '@temporalio/activity';
import type { CallOptions } from '../systems/http.ts';
import type { Timing } from './dependencies.ts';

export interface Attempt {
  /** For a call on a system: it ends before the activity does, so that the activity can say what became of it. */
  options: CallOptions;
  /** How long the attempt may at most still do something, in milliseconds. */
  leaseMs: number;
}

/** This attempt at a step: short inside a workflow task, longer as an ordinary activity. */
export function attempt({ localCallMs, remoteCallMs }: Timing): Attempt {
  const { info, cancellationSignal: signal } = Context.current();
  const timeoutMs = info.isLocal ? localCallMs : remoteCallMs;
  return { options: { signal, timeoutMs }, leaseMs: timeoutMs + 500 };
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

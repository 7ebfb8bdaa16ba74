import { type LogLevel, Runtime, type TelemetryOptions } from '@temporalio/worker';
import { CannotStart } from '../environment/cannot-start.ts';
import { createLogger } from './logger.ts';

/** The SDK counts for itself, in seconds and with the usual endings, at an address that only this machine reaches. */
const counting = (bindAddress: string): TelemetryOptions => ({
  metrics: {
    prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
  },
});

/** Sets up the SDK in this process, once, before anything of it is used. Throws `CannotStart`. */
export function installRuntime(level: LogLevel, sdkMetrics?: string): void {
  const telemetry = sdkMetrics === undefined ? {} : { telemetryOptions: counting(sdkMetrics) };
  try {
    Runtime.install({ logger: createLogger(level), ...telemetry });
  } catch (error) {
    throw new CannotStart(`The SDK of Temporal does not start: ${(error as Error).message}`, { cause: error });
  }
}

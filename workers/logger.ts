import { DefaultLogger, type LogEntry, type LogLevel } from '@temporalio/worker';
import { placeOfFault } from '../environment/fault.ts';

/** What may stand in the log beside a line: which step of which case it is about. */
const shown = [
  ...['workflowId', 'runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'isLocal'],
  ...['namespace', 'taskQueue', 'durationMs', 'signalName', 'updateName', 'queryType'],
];

/** Temporal's log without the words of errors: a system's answer, or what somebody sent, may stand in them. */
export const createLogger = (
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): DefaultLogger => new DefaultLogger(level, (entry) => write(lineOf(entry)));

function lineOf({ level, timestampNanos, message, meta = {} }: LogEntry): string {
  const faults = Object.values(meta).flatMap(chainOf);
  const where = shown.flatMap((name) => (meta[name] === undefined ? [] : [`${name}=${JSON.stringify(meta[name])}`]));
  return [
    new Date(Number(timestampNanos / 1_000_000n)).toISOString(),
    `[${level}]`,
    faults.reduce((text, fault) => (fault.message ? text.replaceAll(fault.message, '…') : text), message),
    ...where,
    ...faults.map((fault) => `<- ${placeOfFault(fault)}`),
  ].join(' ');
}

/** An error and what caused it. */
const chainOf = (error: unknown): Error[] =>
  error instanceof Error ? [error, ...chainOf(error.cause).slice(0, 5)] : [];

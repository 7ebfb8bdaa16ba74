import { DefaultLogger, type LogEntry, type LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';
import { placeOfFault } from '../environment/fault.ts';
import { createLog } from '../environment/log.ts';

/** What may stand in a line beside its words: which step of which case it is about. */
const shown = [
  ...['runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'isLocal'],
  ...['namespace', 'taskQueue', 'durationMs', 'signalName', 'updateName', 'queryType'],
];

/** Temporal's log as JSON lines, without the words of errors: a system's answer, or what somebody sent, may stand in them. */
export const createLogger = (level: LogLevel, log: Logger = createLog()): DefaultLogger =>
  new DefaultLogger(level, (entry) => log[levels[entry.level]](...lineOf(entry)));

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

function lineOf({ message, meta = {} }: LogEntry): [fields: object, words: string] {
  const faults = Object.values(meta).flatMap(chainOf);
  const about = shown.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]] as const]));
  const { workflowId } = meta;
  return [
    {
      ...(workflowId === undefined ? {} : { case: workflowId }),
      ...Object.fromEntries(about),
      ...(faults.length === 0 ? {} : { fault: faults.map(placeOfFault).join(' <- ') }),
    },
    faults.reduce((text, fault) => (fault.message ? text.replaceAll(fault.message, '…') : text), message),
  ];
}

/** An error and what caused it. */
const chainOf = (error: unknown): Error[] =>
  error instanceof Error ? [error, ...chainOf(error.cause).slice(0, 5)] : [];

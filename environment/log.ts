import pino, { type DestinationStream, type Logger } from 'pino';

/** One JSON object per line, on the error output: `time`, `level`, `msg`, and `case` where it is about one. */
export const createLog = (to: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger =>
  pino(
    {
      base: null,
      level: 'trace',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    to,
  );

/** What the API and its relay have to say to the operator: one line, without personal data. */
export type Report = (line: string, about?: { case?: string }) => void;

export function createReport(log: Logger = createLog()): Report {
  return (line, about = {}) => log.error(about, line);
}

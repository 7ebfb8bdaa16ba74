import { nameOfFault } from './fault.ts';
import type { Report } from './log.ts';

/** What is tried again and again, and fails: one line while it lasts, not one each time. */
export interface OngoingFault {
  met(error: unknown): void;
  over(): void;
}

export function ongoingFault(report: Report, what: string): OngoingFault {
  let last = '';
  return {
    met(error) {
      const fault = nameOfFault(error);
      if (fault !== last) report(`${what}: ${fault}`);
      last = fault;
    },
    over() {
      last = '';
    },
  };
}

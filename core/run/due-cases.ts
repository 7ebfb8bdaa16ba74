import { ApplicationFailure, continueAsNew } from '@temporalio/workflow';
import type { DueOpened } from './activities.ts';
import { localInTurn } from './calls.ts';

export interface DueSearch {
  process: string;
  /** A search that went on in a run of its own: the day it is about, where it got to, and what it found by then. */
  goesOn?: { today: string; found: DueOpened };
}

/** Pages that one run reads, so that its history stays short. */
const pagesPerRun = 200;

/** What a process's Temporal Schedule runs: looks for what is due, page by page, and opens a case for each find. */
export async function dueCases({ process, goesOn }: DueSearch): Promise<DueOpened> {
  const local = localInTurn();
  const today = goesOn?.today ?? new Date().toISOString().slice(0, 10);
  let found: DueOpened = goesOn?.found ?? { opened: 0, known: 0, unusable: 0, next: null };
  for (let pages = 0; pages < pagesPerRun; pages++) {
    const open = local('openDueCases', process, `Open ${process} cases`);
    const page = await open({ process, today, after: found.next });
    found = {
      opened: found.opened + page.opened,
      known: found.known + page.known,
      unusable: found.unusable + page.unusable,
      next: page.next,
    };
    if (found.next !== null) continue;
    if (found.unusable === 0) return found;
    const message = `${found.unusable} finds are no request of ${process}; the others are cases now`;
    throw ApplicationFailure.nonRetryable(message, 'data-contract-breach', found);
  }
  return continueAsNew<typeof dueCases>({ process, goesOn: { today, found } });
}

import { ApplicationFailure, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';

/** A part of the work, as much as fits into one call; `next` is where it goes on, null at the end. */
export interface Part<Place> {
  differences: number;
  next: Place | null;
}

/** Instants of the database's clock, in ISO 8601. */
export interface Between {
  since: string;
  began: string;
}

/** What a reconciliation calls: implemented in `activities/reconciliation/`. Each may be called again without harm. */
export interface Reconciling {
  /** Which systems there are to ask, and others, which list nothing; when this began, and from when on writes are compared. */
  beginReconciliation(): Promise<{ systems: string[]; others: string[]; window: Between }>;
  /** Compares the workflows that run with the cases that are open; a place is one of Temporal's pages. */
  reconcileWorkflows(place: { after: string }): Promise<Part<string>>;
  /** Reads on what a system applied. `listed`: it can say so. */
  readEffects(of: { system: string }): Promise<{ listed: boolean; more: boolean }>;
  /** Compares what was intended with what those systems applied; a place is the number of a write. */
  reconcileWrites(place: { systems: string[]; window: Between; after: number }): Promise<Part<number>>;
  /** Compares what the systems applied with what was intended. */
  reconcileEffects(of: { window: Between }): Promise<Part<true>>;
  completeReconciliation(run: { runId: string; began: string }): Promise<void>;
}

export interface Reconciled {
  differences: number;
  /** Systems that were compared, and those that do not list what they apply. */
  compared: string[];
  unlisted: string[];
}

/** What the hourly schedule runs: our open cases beside Temporal, our intents beside the systems of record, both ways. */
export async function reconciliation(): Promise<Reconciled> {
  const { taskQueue, runId } = workflowInfo();
  const calls = proxyActivities<Reconciling>({
    taskQueue: `${taskQueue}-systems`,
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: '4 seconds',
    retry: { initialInterval: '2 seconds', maximumAttempts: 3 },
  });
  const { systems, others, window } = await calls.beginReconciliation();
  let differences = await throughout('', (after) => calls.reconcileWorkflows({ after }));

  const compared: string[] = [];
  const unlisted = [...others];
  const silent: string[] = [];
  for (const system of systems) {
    const how = await listed(() => calls.readEffects({ system }));
    ({ compared, unlisted, silent })[how].push(system);
  }
  differences += await throughout(0, (after) => calls.reconcileWrites({ systems: compared, window, after }));
  differences += await throughout(true as const, () => calls.reconcileEffects({ window }));
  if (silent.length > 0)
    throw ApplicationFailure.nonRetryable(`These systems did not answer: ${silent.join(', ')}`, 'system-unavailable');
  await calls.completeReconciliation({ runId, began: window.began });
  return { differences, compared, unlisted };
}

async function throughout<Place>(from: Place, part: (from: Place) => Promise<Part<Place>>): Promise<number> {
  let found = 0;
  for (let place: Place | null = from; place !== null;) {
    const { differences, next } = await part(place);
    found += differences;
    place = next;
  }
  return found;
}

/** One system that is down does not keep the others from being compared. */
async function listed(
  read: () => Promise<{ listed: boolean; more: boolean }>,
): Promise<'compared' | 'unlisted' | 'silent'> {
  try {
    for (;;) {
      const { listed, more } = await read();
      if (!listed) return 'unlisted';
      if (!more) return 'compared';
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    return 'silent';
  }
}

import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { PayloadCodec, WorkerDeploymentVersion } from '@temporalio/common';
import type proto from '@temporalio/proto';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { processOfType } from '../core/declare/case-id.ts';
import type { NotReplayed } from '../store/operations.ts';
import { type Listed, onVersion, searchIndex } from '../temporal/search-index.ts';

type History = proto.temporal.api.history.v1.IHistory;
type Payload = proto.temporal.api.common.v1.IPayload;

/** How many open cases a new worker replays before it takes work, and how many running workflows it looks through for them. */
const sample = 20;
const atMost = 1_000;

/** How many that fail are named. */
const named = 50;

/** A running case does not replay with this worker's code: it would park every case like it. */
export class ReplayFailed extends Error {
  override name = 'ReplayFailed';
  readonly failed: readonly NotReplayed[];
  constructor(failed: readonly NotReplayed[]) {
    const more = failed.length > named ? `\n… and ${failed.length - named} more` : '';
    super(`These open cases do not replay:\n${failed.slice(0, named).map(inWords).join('\n')}${more}`);
    this.failed = failed;
  }
}

export const inWords = ({ workflowId, because }: NotReplayed): string => `${workflowId}: ${because}`;

export interface Replayed {
  cases: number;
  /** What runs on our queue and is no case of ours. */
  skipped: string[];
}

export type ReplayOptions = ReplayWorkerOptions & { codec: PayloadCodec; processes: readonly string[] };

/**
 * Replays a sample of the open cases on this worker's code; where workers are versioned, of those of its own version, since it is
 * given no other. Throws `ReplayFailed`, naming the cases that cannot be decoded or do not replay. What is no case of ours would not
 * replay anywhere: it is skipped.
 */
export async function replayOpenCases(
  client: Client,
  taskQueue: string,
  { version, ...options }: ReplayOptions & { version?: WorkerDeploymentVersion | undefined },
): Promise<Replayed> {
  const running = searchIndex(client, taskQueue).running(version && onVersion(version));
  const { ours, skipped } = await sampleOf(running, options.processes);
  const { cases, failed } = await replay(client, ours, options);
  if (failed.length > 0) throw new ReplayFailed(failed);
  return { cases, skipped };
}

/** Replays the cases among these workflows, one after the other; says of each that fails why. */
export async function replay(
  client: Client,
  listed: Iterable<Listed> | AsyncIterable<Listed>,
  { codec, processes, ...options }: ReplayOptions,
): Promise<{ cases: number; replayed: string[]; failed: NotReplayed[] }> {
  const failed: NotReplayed[] = [];
  const replayed: string[] = [];
  const histories = async function* () {
    for await (const one of listed) {
      if (!isOurs(one, processes)) continue;
      const { workflowId, runId } = one;
      const history = await historyOf(client, workflowId, runId);
      if (!history) continue;
      const unreadable = await undecodableIn(history, codec);
      if (unreadable === undefined) yield { workflowId, history };
      else failed.push({ workflowId, because: unreadable });
    }
  };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
    if (error) failed.push({ workflowId, because: error.message });
    else replayed.push(workflowId);
  }
  return { cases: replayed.length, replayed, failed };
}

async function sampleOf(running: AsyncIterable<Listed>, processes: readonly string[]) {
  const ours: Listed[] = [];
  const skipped: string[] = [];
  let looked = 0;
  for await (const one of running) {
    if (isOurs(one, processes)) ours.push(one);
    else skipped.push(`${one.workflowId} (${one.type})`);
    if (ours.length >= sample || ++looked >= atMost) break;
  }
  return { ours, skipped };
}

/** A case is a process under an id of that process, and so are the search that its schedule runs and the reconciliation; of a type `-2` is the second version. */
function isOurs({ workflowId, type }: Listed, processes: readonly string[]): boolean {
  const [kind = '', rest = ''] = workflowId.split('/', 2);
  if (type === 'reconciliation') return workflowId.startsWith('reconciliation/');
  if (type === 'due-cases') return kind === type && processes.some((process) => rest.startsWith(process));
  return rest !== '' && processes.includes(kind) && processOfType(type) === kind;
}

/** None where the search index is late, and the workflow gone. */
async function historyOf(client: Client, workflowId: string, runId: string): Promise<History | undefined> {
  try {
    return await client.workflow.getHandle(workflowId, runId).fetchHistory();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** Why a payload that the case relies on cannot be decoded. Signals are not such: anybody may send them, and they prove nothing. */
async function undecodableIn({ events }: History, codec: PayloadCodec): Promise<string | undefined> {
  for (const { workflowExecutionSignaledEventAttributes: signal, userMetadata: _, ...event } of events ?? []) {
    if (signal) continue;
    try {
      await codec.decode([...payloadsIn(event)]);
    } catch (error) {
      return (error as Error).message;
    }
  }
  return undefined;
}

function* payloadsIn(value: unknown): Generator<Payload> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if ('metadata' in value && 'data' in value) yield value as Payload;
  else for (const part of Object.values(value)) yield* payloadsIn(part);
}

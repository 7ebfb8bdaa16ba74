import { Client, type ClientPlugin, Connection, type ConnectionLike } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { channelOf } from './connection.ts';
import type { Target } from './target.ts';

export interface TemporalOptions extends Target {
  namespace: string;
  dataConverter?: DataConverter | undefined;
  /** A connection shared with a worker in this process: then that worker may begin a case without waiting for its turn. */
  shared?: ConnectionLike | undefined;
  /** Workers are versioned: that worker's version may not be current, and cases begin on the one that is. */
  versioned?: boolean;
  /** What traces, where traces are sent. */
  plugins?: readonly ClientPlugin[];
}

/** Temporal as the API sees it: it may be away, and nothing here waits for it long. */
export interface Temporal {
  readonly client: Client;
  readonly namespace: string;
  readonly eager: boolean;
  /** Whether it failed within the last second; then it is not worth a caller's time to try. */
  readonly away: boolean;
  /** Calls it, for at most `ms` milliseconds. Throws what the client throws, or `TimedOut`. */
  within<T>(ms: number, call: (client: Client) => Promise<T>): Promise<T>;
  reachable(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

export class TimedOut extends Error {
  override name = 'TimedOut';
}

/** Back within a second of Temporal; by default a long absence makes the next look two minutes late. */
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1_000 };

/**
 * Connects when it is first needed, and again whenever the connection was lost. Calls are tried once: what is stored is the
 * relay's to try again, and the client's own retries would throw from their timers once the connection is closed.
 */
export function connectTemporal(options: TemporalOptions): Temporal {
  const { address, namespace, dataConverter, shared, versioned = false, plugins = [] } = options;
  const own = shared ? undefined : Connection.lazy({ address, ...channelOf(options), interceptors: [], channelArgs });
  const connection = shared ?? own!;
  const converted = dataConverter ? { dataConverter } : {};
  const client = new Client({ connection, namespace, plugins: [...plugins], ...converted });
  let failedAt = -Infinity;

  const within = async <T>(ms: number, call: (client: Client) => Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TimedOut(`Temporal did not answer within ${ms} ms`)), ms);
    });
    try {
      const answer = connection.withDeadline(Date.now() + ms, () => call(client));
      const value = await Promise.race([answer, late]);
      failedAt = -Infinity;
      return value;
    } catch (error) {
      if (isTransport(error)) failedAt = performance.now();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    client,
    namespace,
    eager: shared !== undefined && !versioned,
    get away() {
      return performance.now() - failedAt < 1_000;
    },
    within,
    reachable: (ms) =>
      within(ms, () => connection.workflowService.getSystemInfo({})).then(
        () => true,
        () => false,
      ),
    close: async () => own?.close(),
  };
}

/** The gRPC codes for: cancelled, deadline exceeded, resource exhausted, unavailable. */
const transport = new Set([1, 4, 8, 14]);

/** It could not be asked, or did not answer; as opposed to an answer that says no. */
export function isTransport(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (error instanceof TimedOut || (typeof code === 'number' && transport.has(code))) return true;
  return error.cause !== undefined ? isTransport(error.cause) : error.message.includes('Failed to connect');
}

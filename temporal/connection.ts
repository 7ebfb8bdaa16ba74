import { Connection, type ConnectionOptions } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { CannotStart } from '../environment/cannot-start.ts';
import type { Target } from './target.ts';

type Given = Pick<ConnectionOptions, 'tls' | 'metadata'> & { apiKey?: string };

/** What both kinds of connections are given; what is not set is left out. */
export function channelOf({ tls, apiKey, metadata }: Target): Given {
  return {
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** A worker's connection to a Temporal server. What it carries is encrypted: to compress it costs time and saves nothing. */
export const connectNatively = (target: Target | string): Promise<NativeConnection> => {
  const { address, ...more } = typeof target === 'string' ? { address: target } : target;
  return reaching(address, () =>
    NativeConnection.connect({ address, ...channelOf({ address, ...more }), grpcCompression: { codec: 'none' } }),
  );
};

export const connectClient = (target: Target): Promise<Connection> =>
  reaching(target.address, () => Connection.connect({ address: target.address, ...channelOf(target) }));

/** Throws `CannotStart` when there is no namespace of that name; whoever may not look is let go on. */
export async function requireNamespace({ workflowService }: Connection, namespace: string): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    if ((error as { code?: number }).code === notFound)
      throw new CannotStart(
        `TEMPORAL_NAMESPACE: there is no namespace ${namespace}; node scripts/prepare.ts makes it.`,
      );
  }
}

const notFound = 5;

async function reaching<T>(address: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new CannotStart(
      `TEMPORAL_ADDRESS: no Temporal server answers at ${address}, with what TEMPORAL_TLS… and TEMPORAL_API_KEY say (${firstLine(why)}).`,
      { cause: error },
    );
  }
}

const firstLine = (text: string) => text.split('\n')[0]!.slice(0, 300);

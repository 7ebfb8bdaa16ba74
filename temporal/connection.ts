import { NativeConnection } from '@temporalio/worker';

/** A worker's connection to the Temporal server at `address`. What it carries is encrypted: to compress it costs time and saves nothing. */
export const connectNatively = (address: string): Promise<NativeConnection> =>
  NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });

import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { codec } from './harness.ts';

/** Every payload of a case's history, decrypted, one after the other. */
export async function plainHistory(client: Client, caseId: string): Promise<string> {
  const payloads: Payload[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if ('metadata' in value && 'data' in value) payloads.push(value as Payload);
    else Object.values(value).forEach(walk);
  };
  walk(await client.workflow.getHandle(caseId).fetchHistory());
  const plain = await codec.decode(payloads);
  return plain.map(({ data }) => Buffer.from(data!).toString()).join('\n');
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto'; // CommonJS: `import { temporal }` type-checks but fails when run
import { searchAttributes } from './search-attributes.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const types: Record<SearchAttributeType, number> = {
  TEXT: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

/**
 * Registers Baton's search attributes that the namespace lacks, waits until they can be used, and sets how many days
 * closed cases stay visible. Changes nothing the second time. Returns the names of the attributes that were missing.
 */
export async function prepareNamespace(
  connection: Connection,
  namespace: string,
  { retentionDays }: { retentionDays?: number } = {},
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = searchAttributes.filter(({ name }) => customAttributes?.[name] === undefined);
  if (missing.length > 0) {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, types[type]])),
    });
  }
  if (retentionDays !== undefined) await keepFor(connection, namespace, retentionDays * 86_400);
  for (const { name } of missing) await usable(connection, namespace, name);
  return missing.map(({ name }) => name);
}

async function keepFor(connection: Connection, namespace: string, seconds: number): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) === seconds) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(seconds * 1000) },
  });
}

/** A server that caches its list of search attributes knows a new one only after seconds. */
async function usable(connection: Connection, namespace: string, name: string): Promise<void> {
  for (const until = Date.now() + 30_000; ; await delay(200)) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace, query: `${name} is not null` });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

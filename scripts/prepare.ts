import { Connection } from '@temporalio/client';
import { migrate } from '../store/migrate.ts';
import { createNamespace } from './embedded/create-namespace.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';

/** Brings a deployment's database and Temporal namespace up to date, before API and workers start. Safe to repeat. */

const { DATABASE_URL, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace = 'default' } = process.env;
if (!DATABASE_URL || !address) {
  console.error('This needs DATABASE_URL and TEMPORAL_ADDRESS.');
  process.exit(1);
}
const retentionDays = 90;
const migrated = await migrate(DATABASE_URL);
console.log(`database: ${migrated.length > 0 ? migrated.join(', ') : 'up to date'}`);

const connection = await Connection.connect({ address });
const made = await createNamespace(connection, namespace, retentionDays);
console.log(`namespace ${namespace}: ${made ? 'created' : 'was there'}`);
const added = await prepareNamespace(connection, namespace, { retentionDays });
console.log(`search attributes: ${added.length > 0 ? `added ${added.join(', ')}` : 'up to date'}`);
await connection.close();

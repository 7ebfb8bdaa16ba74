import { starting } from '../environment/cannot-start.ts';
import { prepare as program, settingsOf } from '../environment/settings.ts';
import { migrate } from '../store/migrate.ts';
import { connectClient } from '../temporal/connection.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { temporalFrom } from '../temporal/target.ts';
import { createNamespace } from './embedded/create-namespace.ts';

/** Brings a deployment's database and Temporal namespace up to date, before API and workers start. Safe to repeat. */

const retentionDays = 90;
await starting(async () => {
  const { DATABASE_URL } = settingsOf(program, process.env);
  const target = temporalFrom(process.env);
  const { namespace } = target;
  const migrated = await migrate(DATABASE_URL);
  console.log(`database: ${migrated.length > 0 ? migrated.join(', ') : 'up to date'}`);

  const connection = await connectClient(target);
  const made = await createNamespace(connection, namespace, retentionDays);
  console.log(`namespace ${namespace}: ${made ? 'created' : 'was there'}`);
  const added = await prepareNamespace(connection, namespace, { retentionDays });
  console.log(`search attributes: ${added.length > 0 ? `added ${added.join(', ')}` : 'up to date'}`);
  await connection.close();
});

import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import * as definitions from '../workflows/definitions.ts';
import { hookGrantsOf } from './hook-grants.ts';
import { hookSecretsOf } from './hooks.ts';
import { limitsOf } from './limits.ts';
import { oidcOf } from './oidc.ts';
import { serve } from './serve.ts';
import { setting } from './setting.ts';
import { connectTemporal } from '../temporal/client.ts';

const { env } = process;
const production = env['NODE_ENV'] === 'production';

function need(name: string, why: string): string {
  const value = env[name];
  if (value) return value;
  console.error(`${name} is not set: ${why}`);
  process.exit(1);
}

const databaseUrl = need('DATABASE_URL', 'the API needs a PostgreSQL database.');
const address = need('TEMPORAL_ADDRESS', 'the API needs a Temporal server.');
if (production) need('OIDC_ISSUER', 'NODE_ENV=production refuses the development identity provider.');
const dataDir = env['DATA_DIR'] ?? '.data';
const keys = setting((env) => loadKeys(env, dataDir));
if (production) need('OIDC_AUDIENCE', 'without it a token for another application would count.');
const oidc = setting(oidcOf);
const hookSecrets = setting(hookSecretsOf);
const hookGrants = setting((env) => hookGrantsOf(env, definitions));
const limits = setting(limitsOf);

await migrate(databaseUrl);
const pool = createPool(databaseUrl);
const temporal = connectTemporal({
  address,
  namespace: env['TEMPORAL_NAMESPACE'] ?? 'default',
  dataConverter: dataConverter(createCodec(keys, { requireEncrypted: production })),
});
const api = await serve({
  ...{ pool, temporal, production, ...oidc, dataDir, hookSecrets, hookGrants, limits },
  codec: createCodec(keys),
  port: Number(env['PORT'] ?? 3000),
  host: env['HOST'] ?? '127.0.0.1',
  uiUrl: env['TEMPORAL_UI_URL'] ?? 'http://127.0.0.1:8233',
  ...(env['TASK_QUEUE'] ? { taskQueue: env['TASK_QUEUE'] } : {}),
});
console.log(`api ready on ${api.url}`);

let closing: Promise<void> | undefined;
const close = async () => {
  await api.close();
  await temporal.close();
  await pool.end();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (closing ??= close()));

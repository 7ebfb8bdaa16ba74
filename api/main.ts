import { starting } from '../environment/cannot-start.ts';
import { api as program, settingsOf } from '../environment/settings.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { startTracing } from '../telemetry/start-tracing.ts';
import { connectTemporal } from '../temporal/client.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { temporalFrom } from '../temporal/target.ts';
import { mailOf } from '../outbound/mail-settings.ts';
import * as definitions from '../workflows/definitions.ts';
import { hookGrantsOf } from './hook-grants.ts';
import { hookSecretsOf } from './hooks.ts';
import { limitsOf } from './limits.ts';
import { oidcOf } from './oidc.ts';
import { serve } from './serve.ts';

const { env } = process;
const close = await starting(async () => {
  const settings = settingsOf(program, env);
  const { DATABASE_URL, DATA_DIR: dataDir, TASK_QUEUE: taskQueue, TEMPORAL_UI_URL: uiUrl } = settings;
  const production = settings.NODE_ENV === 'production';
  const keys = loadKeys(env, dataDir);
  const [target, oidc, hookSecrets] = [temporalFrom(env), oidcOf(env), hookSecretsOf(env)];
  const hookGrants = hookGrantsOf(env, definitions);
  const mail = mailOf(settings);

  const traced = await startTracing(settings);
  await migrate(DATABASE_URL);
  const pool = createPool(DATABASE_URL);
  const converter = dataConverter(createCodec(keys, { requireEncrypted: production }));
  const temporal = connectTemporal({ ...target, dataConverter: converter, plugins: traced.plugins });
  const api = await serve({
    ...{ pool, temporal, production, ...oidc, dataDir, hookSecrets, hookGrants, taskQueue, uiUrl },
    limits: limitsOf(settings),
    outboundAllow: settings.OUTBOUND_ALLOW,
    mail,
    codec: createCodec(keys),
    port: settings.PORT,
    host: settings.HOST,
  });
  console.log(`api ready on ${api.url}`);
  return async () => {
    await api.close();
    await temporal.close();
    await pool.end();
    await traced.close();
  };
});

let closing: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (closing ??= close()));

import path from 'node:path';
import type { z } from 'zod';
import { CannotStart } from '../../environment/cannot-start.ts';
import type { everything } from '../../environment/settings.ts';
import { migrate } from '../../store/migrate.ts';
import type { Traced } from '../../telemetry/start-tracing.ts';
import { type TemporalSettings, temporalFrom } from '../../temporal/target.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { freePort } from '../../environment/free-port.ts';
import { keptPorts } from './kept-ports.ts';
import { startPostgres } from './postgres.ts';
import { startService } from './service.ts';
import { startTemporal } from './temporal.ts';

interface Given {
  settings: z.output<(typeof everything)['variables']>;
  env: NodeJS.ProcessEnv;
  dataDir: string;
  report: (line: string) => void;
  /** What traces, where traces are sent. */
  plugins: Traced['plugins'];
}

type Part = { stop(): Promise<unknown> };

/** What Baton stands on: what the environment names, and for the rest a part of this machine's own. */
export async function startParts({ settings, env, dataDir, report, plugins }: Given) {
  const started: Part[] = [];
  const kept = <Started extends Part>(part: Started): Started => {
    started.push(part);
    return part;
  };
  const portOf = keptPorts(dataDir, report);
  const port = settings.PORT ? await wanted(settings.PORT) : await portOf('api', settings.PORT === 0 ? 0 : 8080);
  const metricsPort = settings.WORKER_METRICS_PORT ?? (await portOf('metrics', 9464));
  const readable = !settings.OIDC_ISSUER;

  const service = async (name: string, part: 'systems' | 'model', entry: string, more: NodeJS.ProcessEnv = {}) => {
    const { url } = kept(await startService({ entry, env: { PORT: String(await portOf(part)), ...more } }));
    report(`${name}: ready on ${url}`);
    return url;
  };
  const store = async () => {
    const postgres = settings.DATABASE_URL
      ? { url: settings.DATABASE_URL, passwordFile: undefined }
      : kept(
          await startPostgres({
            dataDir: path.join(dataDir, 'postgres'),
            port: await portOf('postgres', 55432),
            report,
          }),
        );
    const migrated = await migrate(postgres.url);
    if (migrated.length > 0) report(`Database: ${migrated.join(', ')}`);
    const systems = ['Systems', 'systems', 'systems/sandbox/main.ts', { DATABASE_URL: postgres.url }] as const;
    return { ...postgres, sandboxUrl: settings.SYSTEMS_URL ? undefined : await service(...systems) };
  };
  const ownModel = settings.OPENAI_API_KEY || settings.OPENAI_BASE_URL;

  const [postgres, temporal, workflowBundle, modelUrl] = await Promise.all([
    store(),
    namesServer(env)
      ? { target: temporalFrom(env), uiUrl: undefined, cli: undefined }
      : startTemporal({
          ...{ dbFilename: path.join(dataDir, 'temporal.db'), report },
          ...{ port: await portOf('temporal', 7233), uiPort: await portOf('ui', 8233) },
          namespace: settings.TEMPORAL_NAMESPACE ?? 'default',
          codecEndpoint: `http://127.0.0.1:${port}${readable ? '/dev/codec' : '/codec'}`,
        })
          .then(kept)
          .then(({ address, namespace, uiUrl, cli }) => ({
            target: { address, namespace } as TemporalSettings,
            uiUrl,
            cli,
          })),
    bundleWorkflows(undefined, { plugins }),
    ownModel ? undefined : service('Model', 'model', 'models/stand-in/main.ts'),
  ]);
  const { sandboxUrl } = postgres;
  return {
    ...{ databaseUrl: postgres.url, passwordFile: postgres.passwordFile, workflowBundle, port, sandboxUrl, modelUrl },
    metricsPort,
    ...{ target: temporal.target, uiUrl: temporal.uiUrl, temporalCli: temporal.cli },
    /** The Web UI shows payloads decrypted, without a sign-in. */
    readable: readable && temporal.cli !== undefined,
    systemsUrl: settings.SYSTEMS_URL ?? sandboxUrl!,
    async stop() {
      for (const part of started.reverse()) await part.stop();
    },
  };
}

/** A `temporal.toml` that merely lies there, for other work on this machine, does not lead the demonstration elsewhere. */
const namesServer = (env: NodeJS.ProcessEnv) =>
  ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => env[name]);

async function wanted(port: number): Promise<number> {
  if ((await freePort(port)) !== port) throw new CannotStart(`PORT: 127.0.0.1:${port} is in use by another process.`);
  return port;
}

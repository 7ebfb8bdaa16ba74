import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';
import * as of from './variables.ts';

/** The variables of the environment that each program reads, and what they must be. */

const common = { NODE_ENV: of.oneOf(['production', 'development', 'test']).optional() };

/** By Temporal's environment configuration; `temporalFrom` reads what they say together with `temporal.toml`. */
const temporal = {
  TEMPORAL_ADDRESS: of.serverAddress.optional(),
  TEMPORAL_NAMESPACE: of.identifier.optional(),
  TEMPORAL_API_KEY: of.headerText.optional(),
  TEMPORAL_PROFILE: of.oneLine.optional(),
  TEMPORAL_CONFIG_FILE: of.fileToRead.optional(),
  TEMPORAL_TLS: of.yesOrNo.optional(),
  TEMPORAL_TLS_SERVER_NAME: of.oneLine.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: of.fileToRead.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: of.fileToRead.optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: of.fileToRead.optional(),
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: z
    .enum(['false', '0'], 'cannot be taken: give the certificate of the server’s authority instead')
    .optional(),
};

/** Where traces go; its headers, the service's name and sampling are read by OpenTelemetry itself. */
const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: of.webAddress.optional() };

const deployed = {
  ...common,
  ...traced,
  ...temporal,
  DATA_DIR: of.folderToWrite.default('.data'),
  TASK_QUEUE: of.identifier.default('baton'),
};

/** Which version of the code this is; without a build id workers are not versioned. */
const versioned = {
  BUILD_ID: of.versionName.optional(),
  DEPLOYMENT_NAME: of.versionName.default('baton'),
};

/** Where a worker process shows what it counts. */
const counted = {
  WORKER_METRICS_PORT: of.wholeNumber(0, 65_535).optional(),
  WORKER_METRICS_HOST: of.listenAddress.default('127.0.0.1'),
};

const identity = {
  OIDC_ISSUER: of.webAddress.optional(),
  OIDC_AUDIENCE: of.oneLine.optional(),
  OIDC_CLIENT_ID: of.oneLine.optional(),
  OIDC_SCOPE: of.oneLine.optional(),
  OIDC_PERSON_CLAIM: of.oneLine.optional(),
  OIDC_ROLES_CLAIM: of.oneLine.optional(),
  OIDC_ROLES_FILE: of.fileToRead.optional(),
  ROLES_SOURCE: of.oneOf(['store', 'scim', 'token']).optional(),
  TEMPORAL_UI_URL: of.webAddress.default('http://127.0.0.1:8233'),
};

/** What one process takes on at once; `api/limits.ts` holds it to that. */
const limits = {
  MAX_CONNECTIONS: of.wholeNumber(1, 1_000_000).default(1_000),
  REQUESTS_PER_MINUTE: of.wholeNumber(1, 1_000_000).default(12_000),
  BODY_MEBIBYTES: of.wholeNumber(8, 1_000_000).default(16),
  TRUSTED_PROXIES: of.wholeNumber(0, 1_000_000).default(0),
};

/** What Baton may send to by itself that is not public. */
const outbound = { OUTBOUND_ALLOW: of.hostsOrRanges.default([]) };

/** `outbound/mail-settings.ts` holds what belongs together. */
const mail = {
  SMTP_URL: of.mailServer.optional(),
  MAIL_FROM: of.mailAddress.optional(),
  PUBLIC_URL: of.webAddress.optional(),
};

const outside = {
  SYSTEM_CONDITIONS: of.fileToRead.optional(),
  SCIM_URL: of.webAddress.optional(),
  SCIM_TOKEN: of.headerText.optional(),
  OPENAI_API_KEY: of.headerText.optional(),
  OPENAI_MODEL: of.oneLine.optional(),
  OPENAI_BASE_URL: of.webAddress.optional(),
};

/** What a program reads, and without what it does not run in production. */
interface Program<Shape extends z.ZodRawShape> {
  variables: z.ZodObject<Shape>;
  inProduction: Readonly<Record<string, string>>;
}

const needsKeys = { PAYLOAD_KEYS: 'payloads would be encrypted with a key made on this machine' };
const needsIssuer = {
  OIDC_ISSUER: 'NODE_ENV=production refuses the development identity provider',
  OIDC_AUDIENCE: 'without it a token for another application would count',
};

export const api = {
  variables: z.object({
    ...deployed,
    ...identity,
    ...limits,
    ...outbound,
    ...mail,
    DATABASE_URL: of.needed(of.databaseAddress, 'the API needs a PostgreSQL database'),
    PORT: of.wholeNumber(0, 65_535).default(3000),
    HOST: of.listenAddress.default('127.0.0.1'),
  }),
  inProduction: { ...needsIssuer, ...needsKeys },
};

export const workers = {
  variables: z.object({
    ...deployed,
    ...versioned,
    ...outside,
    ...counted,
    DATABASE_URL: of.needed(of.databaseAddress, 'a worker process needs a PostgreSQL database'),
    SYSTEMS_URL: of.needed(of.webAddress, 'a worker process needs the systems of record'),
    WORKER_KINDS: of.listOf(['cases', 'systems', 'models']).optional(),
    CACHED_CASES: of.wholeNumber(1, 1_000_000).optional(),
    HEALTH_FILE: of.fileToWrite.optional(),
    RECONCILE_MINUTES: of.wholeNumber(1, 1_440).default(60),
  }),
  inProduction: { OPENAI_API_KEY: 'a worker process needs a model', ...needsKeys },
};

/** `npm run versions`, with the code and the keys of the version that it is about. */
export const versions = {
  variables: z.object({ ...deployed, ...versioned, DATABASE_URL: of.databaseAddress.optional() }),
  inProduction: needsKeys,
};

export const prepare = {
  variables: z.object({
    ...common,
    ...temporal,
    DATABASE_URL: of.needed(of.databaseAddress, 'there is no database to prepare'),
  }),
  inProduction: {},
};

/** `npm start`: what is not set is started on this machine, but not in production. */
export const everything = {
  variables: z.object({
    ...deployed,
    ...versioned,
    ...identity,
    ...outside,
    ...counted,
    ...limits,
    ...outbound,
    ...mail,
    DATABASE_URL: of.databaseAddress.optional(),
    SYSTEMS_URL: of.webAddress.optional(),
    PORT: of.wholeNumber(0, 65_535).optional(),
    TEMPORAL_CLI: of.oneLine.optional(),
  }),
  inProduction: {
    ...{ SYSTEMS_URL: 'the sandbox would stand in for the systems of record' },
    ...{ OPENAI_API_KEY: 'the stand-in would answer for a model' },
    ...needsIssuer,
    ...needsKeys,
  },
};

export const sandbox = {
  variables: z.object({
    ...common,
    DATABASE_URL: of.needed(of.databaseAddress, 'the sandbox needs a PostgreSQL database'),
    PORT: of.wholeNumber(0, 65_535).default(0),
    SANDBOX_DEDUPE: of.oneOf(['on', 'off']).default('on'),
  }),
  inProduction: {},
};

export const standIn = {
  variables: z.object({
    ...common,
    PORT: of.wholeNumber(0, 65_535).default(0),
    STAND_IN_BEHAVIOUR: z.string().optional(),
  }),
  inProduction: {},
};

/** What `env` says by a program's variables; one that is empty counts as not set. Throws `CannotStart`, a sentence for each that is wrong. */
export function settingsOf<Shape extends z.ZodRawShape>(
  { variables, inProduction }: Program<Shape>,
  env: NodeJS.ProcessEnv,
): z.output<z.ZodObject<Shape>> {
  const given = withoutEmpty(env);
  const read = variables.safeParse(given);
  const missing = given['NODE_ENV'] === 'production' ? Object.entries(inProduction) : [];
  const sentences = [
    ...missing.flatMap(([name, otherwise]) => (given[name] ? [] : [`${name} is not set: ${otherwise}.`])),
    ...(read.success ? [] : faultsIn(read.error, given)),
  ];
  if (!read.success || sentences.length > 0) throw new CannotStart(sentences.join('\n'));
  return read.data;
}

/** docker compose hands on what is not set as an empty text. */
export const withoutEmpty = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));

/** Addresses may hold a password, and these are secret by themselves. */
const secret = /_(URL|KEY|KEYS|TOKEN|SECRETS|ISSUER|ENDPOINT)$/;

function faultsIn({ issues }: z.ZodError, given: Record<string, string>): string[] {
  const first = new Map(issues.map(({ path, message }) => [String(path[0]), message] as const).reverse());
  return [...first].reverse().map(([name, message]) => {
    const value = given[name];
    return `${name} ${message}${value === undefined || secret.test(name) ? '' : `, not ${JSON.stringify(value)}`}.`;
  });
}

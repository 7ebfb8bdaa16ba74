import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hookGrantsOf } from '../../api/hook-grants.ts';
import { hookSecretsOf } from '../../api/hooks.ts';
import * as programs from '../../environment/settings.ts';
import { loadKeys } from '../../temporal/codec.ts';
import * as definitions from '../../workflows/definitions.ts';
import { dataDir } from '../harness.ts';

const root = new URL('../../', import.meta.url);
const { settingsOf } = programs;
const right = {
  DATABASE_URL: 'postgres://baton:secret-1@127.0.0.1:5432/baton',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SYSTEMS_URL: 'http://127.0.0.1:1',
};

/** What reads a variable: a program's settings, or the part that alone knows its form. */
type Reader = (env: NodeJS.ProcessEnv) => unknown;
const reading =
  (program: Parameters<typeof settingsOf>[0]): Reader =>
  (env) =>
    settingsOf(program, env);
const api = reading(programs.api);
const workers = reading(programs.workers);
const prepare = reading(programs.prepare);
const everything = reading(programs.everything);
const sandbox = reading(programs.sandbox);
const standIn = reading(programs.standIn);
const deployed = [api, workers, everything];

const serving = [api, everything];

const wrong: Record<string, [values: string[], readers: Reader[]]> = {
  SMTP_URL: [['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://a b'], serving],
  MAIL_FROM: [['Baton', 'a@b\r\nBcc: c@d', 'a@b, c@d', '<a@b> x'], serving],
  PUBLIC_URL: [['baton.example.com', 'ftp://x'], serving],
  MAX_CONNECTIONS: [['0', 'many'], serving],
  REQUESTS_PER_MINUTE: [['-1', '1.5'], serving],
  BODY_MEBIBYTES: [['4', '1e99'], serving],
  TRUSTED_PROXIES: [['true', '-1'], serving],
  ROLES_SOURCE: [['both', 'SCIM'], serving],
  OIDC_PERSON_CLAIM: [['a\nb'], serving],
  OUTBOUND_ALLOW: [
    ['http://chat.example.com', '10.0.0.0/99', '10.1', 'a b', 'chat.example.com,', '0x7f000001'],
    serving,
  ],
  WEBHOOK_GRANTS: [
    ['erp', '{"erp":[]}', '{"erp":{"types":["refund.nothing"],"sources":["/erp"]}}'],
    [(env) => hookGrantsOf(env, definitions)],
  ],
  NODE_ENV: [
    ['prod', 'Production', 'staging'],
    [...deployed, prepare, sandbox, standIn],
  ],
  DATABASE_URL: [
    [
      'baton',
      'mysql://a:b@c/d',
      'postgres://baton:pa/ss@host:x/baton',
      'postgres://baton:50%@host/baton',
      'postgres://a b@host/c',
    ],
    [...deployed, prepare, sandbox],
  ],
  TEMPORAL_ADDRESS: [
    ['http://temporal:7233', 'temporal:', 'temporal:99999', 'a b:7233', 'temporal:7233/x'],
    [...deployed, prepare],
  ],
  TEMPORAL_NAMESPACE: [
    ['two words', "it's"],
    [...deployed, prepare],
  ],
  TEMPORAL_API_KEY: [
    ['two words', 'line\nbreak', 'schlüssel'],
    [...deployed, prepare],
  ],
  TEMPORAL_TLS: [
    ['yes', 'TRUE', 'on'],
    [...deployed, prepare],
  ],
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: [
    ['/nowhere/ca.pem', '/'],
    [...deployed, prepare],
  ],
  TEMPORAL_TLS_CLIENT_CERT_PATH: [
    ['/nowhere/client.pem', '/'],
    [...deployed, prepare],
  ],
  TEMPORAL_TLS_CLIENT_KEY_PATH: [
    ['/nowhere/client.key', '/'],
    [...deployed, prepare],
  ],
  TEMPORAL_TLS_SERVER_NAME: [['two\nlines'], [...deployed, prepare]],
  TEMPORAL_CONFIG_FILE: [['/nowhere/temporal.toml'], [...deployed, prepare]],
  TEMPORAL_PROFILE: [['two\nlines'], [...deployed, prepare]],
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: [
    ['true', '1'],
    [...deployed, prepare],
  ],
  TEMPORAL_UI_URL: [
    ['localhost:8233', 'ui'],
    [api, everything],
  ],
  TASK_QUEUE: [["a'b", 'two words'], deployed],
  DATA_DIR: [['package.json', 'package.json/x', '/dev/null/x'], deployed],
  PORT: [
    ['abc', '70000', '-1', '3.5', '1e3', '0x10'],
    [api, everything, sandbox, standIn],
  ],
  HOST: [['http://x', 'a b'], [api]],
  SYSTEMS_URL: [
    ['systems:8080', 'ftp://x', 'x'],
    [workers, everything],
  ],
  SCIM_URL: [
    ['directory', 'ldap://x'],
    [workers, everything],
  ],
  SCIM_TOKEN: [
    ['two words', 'a\r\nb'],
    [workers, everything],
  ],
  OPENAI_API_KEY: [['two words'], [workers, everything]],
  OPENAI_MODEL: [['two\nlines'], [workers, everything]],
  OPENAI_BASE_URL: [['api.openai.com/v1'], [workers, everything]],
  OIDC_ISSUER: [
    ['id.example', 'urn:issuer'],
    [api, everything],
  ],
  OIDC_AUDIENCE: [['two\nlines'], [api, everything]],
  OIDC_CLIENT_ID: [['two\nlines'], [api, everything]],
  OIDC_SCOPE: [['two\nlines'], [api, everything]],
  OIDC_ROLES_CLAIM: [['two\nlines'], [api, everything]],
  OIDC_ROLES_FILE: [
    ['/nowhere/roles.json', '/'],
    [api, everything],
  ],
  WORKER_METRICS_PORT: [
    ['abc', '70000', '-1'],
    [workers, everything],
  ],
  WORKER_METRICS_HOST: [
    ['http://x', 'a b'],
    [workers, everything],
  ],
  OTEL_EXPORTER_OTLP_ENDPOINT: [['collector:4318', 'grpc://collector:4317', 'x'], deployed],
  SYSTEM_CONDITIONS: [
    ['/nowhere/conditions.json', '/'],
    [workers, everything],
  ],
  WORKER_KINDS: [['case', 'cases,model', 'cases;models', ','], [workers]],
  CACHED_CASES: [['many', '0', '-5', '2.5'], [workers]],
  BUILD_ID: [
    ['v1.2', 'a:b', 'two words'],
    [workers, everything],
  ],
  DEPLOYMENT_NAME: [
    ['a.b', 'a:b'],
    [workers, everything],
  ],
  RECONCILE_MINUTES: [['often', '0', '1.5'], [workers]],
  HEALTH_FILE: [['/nowhere/health', '/tmp'], [workers]],
  SANDBOX_DEDUPE: [['no'], [sandbox]],
  TEMPORAL_CLI: [['two\nlines'], [everything]],
  PAYLOAD_KEYS: [['x', 'a:b', 'a:YQ==', ':YQ=='], [(env) => loadKeys(env, dataDir)]],
  WEBHOOK_SECRETS: [['x', 'peppol=x', 'peppol=whsec_YQ=='], [hookSecretsOf]],
};

describe('a variable that is set wrongly', () => {
  for (const [name, [values, readers]] of Object.entries(wrong)) {
    it(`is one sentence that names it: ${name}`, () => {
      for (const value of values)
        for (const read of readers)
          assert.throws(
            () => read({ ...right, [name]: value }),
            ({ message }: Error) => message.startsWith(`${name} `) && !message.includes('\n'),
            `${name}=${value}`,
          );
    });
  }

  it('shows what was set where that is no secret', () => {
    assert.throws(
      () => api({ ...right, PORT: 'abc' }),
      /^CannotStart: PORT must be a whole number from 0 to 65535, not "abc"\.$/,
    );
    assert.throws(
      () => workers({ ...right, WORKER_KINDS: 'case' }),
      /^CannotStart: WORKER_KINDS must be of cases, systems, models, joined by commas, not "case"\.$/,
    );
    for (const [name, [values]] of Object.entries(wrong).filter(([name]) => /URL|KEYS?$|TOKEN|SECRETS/.test(name)))
      for (const read of wrong[name]![1])
        assert.throws(
          () => read({ ...right, [name]: `hunter2 ${values[0]}` }),
          ({ message }: Error) => !message.includes('hunter2'),
        );
  });

  it('is named beside all others that are wrong or missing, each once', () => {
    const env = { PORT: 'abc', HOST: 'a b', TASK_QUEUE: '', NODE_ENV: 'production' };
    assert.throws(
      () => api(env),
      ({ message }: Error) => {
        const names = message.split('\n').map((line) => line.split(' ')[0]);
        assert.deepEqual(names.sort(), [
          'DATABASE_URL',
          'HOST',
          'OIDC_AUDIENCE',
          'OIDC_ISSUER',
          'PAYLOAD_KEYS',
          'PORT',
        ]);
        return true;
      },
    );
  });

  it('counts as not set when it is empty, as docker compose hands it on', () => {
    const empty = Object.fromEntries(Object.keys(wrong).map((name) => [name, '']));
    for (const read of deployed) assert.deepEqual(read({ ...empty, ...right }), read(right));
  });

  it('is tried here for every variable of .env.example', () => {
    const example = readFileSync(new URL('.env.example', root), 'utf8');
    const named = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name!);
    // Read by docker compose alone: they become part of DATABASE_URL, or a setting of Temporal's own.
    const composeOnly = ['POSTGRES_PASSWORD', 'TEMPORAL_POSTGRES_PASSWORD', 'API_URL'];
    assert.deepEqual(
      named.filter((name) => !(name in wrong) && !composeOnly.includes(name)),
      [],
    );
  });
});

describe('a program whose environment is wrong', function () {
  this.timeout(120_000);
  const programs: Record<string, [NodeJS.ProcessEnv, RegExp]> = {
    'api/main.ts': [{ PORT: 'abc' }, /^PORT must be a whole number/],
    'workers/main.ts': [{ WORKER_KINDS: 'case' }, /^WORKER_KINDS must be of/],
    'scripts/prepare.ts': [{ DATABASE_URL: 'nonsense' }, /^DATABASE_URL must be a URL/],
    'scripts/start.js': [{ TEMPORAL_UI_URL: 'nonsense' }, /^TEMPORAL_UI_URL must be a URL/],
    'systems/sandbox/main.ts': [{ SANDBOX_DEDUPE: 'maybe' }, /^SANDBOX_DEDUPE must be on or off/],
    'models/stand-in/main.ts': [{ STAND_IN_BEHAVIOUR: '{nonsense' }, /^STAND_IN_BEHAVIOUR must be a mode/],
  };
  for (const [entry, [env, sentence]] of Object.entries(programs)) {
    it(`ends with the sentence and no stack: ${entry}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL(entry, root))], {
        env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...right, ...env },
        encoding: 'utf8',
      });
      assert.equal(status, 1);
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    });
  }
});

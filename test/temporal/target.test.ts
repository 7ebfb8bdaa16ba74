import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startService } from '../../scripts/embedded/service.ts';
import { connectTemporal } from '../../temporal/client.ts';
import { connectClient, connectNatively } from '../../temporal/connection.ts';
import { temporalFrom } from '../../temporal/target.ts';
import { run } from '../docs/pages.ts';
import { database, dataDir, payloadKeys, sandbox, standIn, temporal } from '../harness.ts';
import { hasOpenssl, tlsServer, type TlsServer } from './tls-server.ts';

describe('a Temporal server that wants TLS', function () {
  this.timeout(120_000);
  let open: TlsServer;
  let mutual: TlsServer;
  before(async function () {
    if (!hasOpenssl()) this.skip(); // makes the certificates
    const { address } = await temporal();
    open = await tlsServer(address, { clients: false });
    mutual = await tlsServer(address);
  });
  after(async () => {
    await open?.close();
    await mutual?.close();
  });

  const own = ({ files }: TlsServer) => ({
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: files.ca,
    TEMPORAL_TLS_CLIENT_CERT_PATH: files.crt,
    TEMPORAL_TLS_CLIENT_KEY_PATH: files.key,
  });
  const toml = (name: string, text: string) => {
    const file = path.join(dataDir, `${name}.toml`);
    writeFileSync(file, text);
    return file;
  };
  /** A worker's connection, a client's, and the API's, which connects when it is first needed. */
  async function reach(env: Record<string, string>): Promise<void> {
    const target = temporalFrom(env);
    const client = await connectClient(target);
    await client.workflowService.describeNamespace({ namespace: target.namespace });
    await client.close();
    const native = await connectNatively(target);
    await native.close();
    const api = connectTemporal(target);
    const reached = await api.reachable(5_000);
    await api.close();
    assert.ok(reached);
  }

  const ways: Record<string, () => Record<string, string>> = {
    'an authority of its own': () => ({
      TEMPORAL_ADDRESS: open.address,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: open.files.ca,
    }),
    'an API key': () => ({
      ...{ TEMPORAL_ADDRESS: open.address, TEMPORAL_API_KEY: 'key-1' },
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: open.files.ca,
    }),
    'a client certificate': () => ({ TEMPORAL_ADDRESS: mutual.address, ...own(mutual) }),
    'what is not needed left empty': () => ({
      ...{ TEMPORAL_ADDRESS: mutual.address, ...own(mutual) },
      ...{ TEMPORAL_API_KEY: '', TEMPORAL_TLS: '', TEMPORAL_TLS_SERVER_NAME: '', TEMPORAL_PROFILE: '' },
    }),
    'another name in its certificate': () => ({
      ...{ TEMPORAL_ADDRESS: mutual.address.replace('localhost', '127.0.0.1'), ...own(mutual) },
      TEMPORAL_TLS_SERVER_NAME: 'temporal.internal',
    }),
    'a profile of temporal.toml': () => ({
      TEMPORAL_CONFIG_FILE: toml(
        'profiles',
        `[profile.plant]
address = "${mutual.address}"
namespace = "default"
api_key = "key-2"
[profile.plant.tls]
server_ca_cert_path = "${mutual.files.ca}"
client_cert_path = "${mutual.files.crt}"
client_key_path = "${mutual.files.key}"
[profile.plant.grpc_meta]
x-team = "finance"`,
      ),
      TEMPORAL_PROFILE: 'plant',
    }),
  };
  for (const [what, env] of Object.entries(ways)) {
    it(`is reached with ${what}`, async () => {
      open.seen.splice(0);
      mutual.seen.splice(0);
      await reach(env());
      const seen = [...open.seen, ...mutual.seen];
      assert.ok(seen.length >= 3);
      const key = { 'an API key': 'Bearer key-1', 'a profile of temporal.toml': 'Bearer key-2' }[what];
      for (const { authorization } of seen) assert.equal(authorization, key);
      if (what === 'a profile of temporal.toml') for (const { team } of seen) assert.equal(team, 'finance');
    });
  }

  it('is not reached in plain text, by a stranger, or without knowing its authority, and that is a sentence', async () => {
    const { address, files } = mutual;
    for (const env of [
      { TEMPORAL_ADDRESS: address },
      { TEMPORAL_ADDRESS: address, TEMPORAL_TLS: 'true' },
      { TEMPORAL_ADDRESS: address, TEMPORAL_TLS_SERVER_CA_CERT_PATH: files.ca },
      {
        ...{ TEMPORAL_ADDRESS: address, ...own(mutual) },
        ...{ TEMPORAL_TLS_CLIENT_CERT_PATH: files.strangerCrt, TEMPORAL_TLS_CLIENT_KEY_PATH: files.strangerKey },
      },
    ]) {
      await assert.rejects(
        connectNatively(temporalFrom(env)),
        /^CannotStart: TEMPORAL_ADDRESS: no Temporal server answers at localhost:\d+, with what TEMPORAL_TLS/,
      );
    }
  });

  it('is refused in a sentence that names what is wrong', () => {
    const { address: TEMPORAL_ADDRESS, files } = mutual;
    const wrong: [Record<string, string>, RegExp][] = [
      [{ TEMPORAL_TLS_CLIENT_CERT_PATH: files.crt }, /^TEMPORAL_TLS_CLIENT_KEY_PATH is not set/],
      [{ TEMPORAL_TLS_CLIENT_KEY_PATH: files.key }, /^TEMPORAL_TLS_CLIENT_CERT_PATH is not set/],
      [{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'package.json' }, /^TEMPORAL_TLS_SERVER_CA_CERT_PATH must name/],
      [
        { TEMPORAL_TLS_CLIENT_CERT_PATH: files.crt, TEMPORAL_TLS_CLIENT_KEY_PATH: files.strangerKey },
        /^TEMPORAL_TLS_CLIENT_KEY_PATH holds the key of another certificate/,
      ],
      [{ TEMPORAL_TLS_CLIENT_CERT_PATH: 'nowhere', TEMPORAL_TLS_CLIENT_KEY_PATH: files.key }, /TEMPORAL_TLS… .*ENOENT/],
      [{ TEMPORAL_PROFILE: 'nobody' }, /TEMPORAL_PROFILE .*nobody/],
      [{ TEMPORAL_CONFIG_FILE: toml('broken', 'profile = [') }, /^TEMPORAL_CONFIG_FILE/],
      [
        { TEMPORAL_CONFIG_FILE: toml('misspelt', '[profile.default]\nadress = "x:1"') },
        /^TEMPORAL_CONFIG_FILE.*adress/,
      ],
    ];
    for (const [more, sentence] of wrong)
      assert.throws(
        () => temporalFrom({ TEMPORAL_ADDRESS, ...more }),
        (error: Error) => error.name === 'CannotStart' && sentence.test(error.message) && !error.message.includes('\n'),
        JSON.stringify(more),
      );
  });

  it('runs the whole: preparation, workers, API and the example of a client', async () => {
    const databaseUrl = await database();
    const [systems, model] = await Promise.all([sandbox(databaseUrl), standIn()]);
    mutual.seen.splice(0);
    const env = {
      ...{ TEMPORAL_ADDRESS: mutual.address, TEMPORAL_API_KEY: 'key-3', ...own(mutual) },
      ...{ DATABASE_URL: databaseUrl, PAYLOAD_KEYS: payloadKeys, DATA_DIR: dataDir, PORT: '0' },
      ...{
        SYSTEMS_URL: systems.url,
        OPENAI_BASE_URL: model.url,
        OPENAI_API_KEY: 'test',
        TASK_QUEUE: `tls-${Date.now()}`,
      },
    };
    const prepared = await run(process.execPath, ['scripts/prepare.ts'], { folder: '', env });
    assert.equal(prepared.code, 0, prepared.errors);
    const [workers, api] = await Promise.all(
      ['workers/main.ts', 'api/main.ts'].map((entry) => startService({ entry, env })),
    );
    try {
      assert.equal((await fetch(`${api!.url}/readyz`)).status, 200);
      const example = await run(process.execPath, ['docs/examples/start-with-temporal-client.ts'], { folder: '', env });
      assert.equal(example.code, 0, example.errors);
      assert.match(example.output, /refund\/example-1 .*refunded/s);
      assert.deepEqual([...new Set(mutual.seen.map(({ authorization }) => authorization))], ['Bearer key-3']);
    } finally {
      await Promise.all([workers, api, systems, model].map((one) => one!.stop()));
    }
  });
});

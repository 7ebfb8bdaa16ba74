import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../environment/free-port.ts';
import { startService } from '../../scripts/embedded/service.ts';
import { database } from '../harness.ts';
import { until } from '../world.ts';
import { serverProxy } from './server-proxy.ts';

describe('the API as a process', function () {
  this.timeout(120_000);
  let dataDir: string;
  let env: Record<string, string>;
  before(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'baton-api-'));
    const TEMPORAL_ADDRESS = `127.0.0.1:${await freePort()}`;
    env = { DATABASE_URL: await database(), TEMPORAL_ADDRESS, DATA_DIR: dataDir, PORT: '0' };
  });
  after(() => rm(dataDir, { recursive: true }));
  const start = (more: Record<string, string | undefined> = {}) =>
    startService({ entry: 'api/main.ts', env: { ...env, ...more } });

  it('starts with Temporal away, keeps its tokens over a restart, and stops cleanly', async () => {
    const port = String(await freePort());
    let token = '';
    for (const round of [1, 2]) {
      const api = await start({ PORT: port });
      assert.equal((await fetch(`${api.url}/healthz`)).status, 200);
      if (round === 1) token = await (await fetch(`${api.url}/dev/identity/tokens/leo`)).text();
      const got = await fetch(`${api.url}/handoffs`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(got.status, 200);
      process.kill(api.pid, round === 1 ? 'SIGTERM' : 'SIGINT');
      assert.equal(await api.exited, 0);
    }
  });

  it('lives through its database going away, answering 503', async () => {
    const url = new URL(env['DATABASE_URL']!);
    const proxy = await serverProxy(url.host);
    url.host = proxy.address;
    await proxy.comeBack();
    const api = await start({ DATABASE_URL: url.href });
    const bearer = async (person: string) => ({
      authorization: `Bearer ${await (await fetch(`${api.url}/dev/identity/tokens/${person}`)).text()}`,
    });
    const headers = await bearer('ada');
    const status = async () => (await fetch(`${api.url}/cases`, { headers })).status;
    const events = async () => {
      const [source, type, data] = ['/shop', 'refund.confirmation', { requestId: 'r', answer: 'yes' }];
      const body = JSON.stringify({ specversion: '1.0', id: randomUUID(), source, type, data });
      const sent = { ...(await bearer('storefront')), 'content-type': 'application/cloudevents+json' };
      return (await fetch(`${api.url}/events`, { method: 'POST', headers: sent, body })).status;
    };
    assert.deepEqual([await status(), await events()], [200, 202]);
    const busy = Array.from({ length: 20 }, () => events());
    await proxy.goAway();
    for (const answered of await Promise.all(busy)) assert.ok([202, 503].includes(answered), String(answered));
    assert.deepEqual([await status(), await events()], [503, 503]);
    assert.equal((await fetch(`${api.url}/readyz`)).status, 503);
    await proxy.comeBack();
    await until(async () => (await status()) === 200, 'it answers again');
    assert.equal(await events(), 202);
    await api.stop();
    await proxy.goAway();
  });

  it('refuses in production what is for development, in one sentence', async () => {
    const production = { NODE_ENV: 'production', PAYLOAD_KEYS: undefined, OIDC_ISSUER: undefined };
    await assert.rejects(start(production), /NODE_ENV=production refuses the development identity provider\./);
    const withIssuer = { ...production, OIDC_ISSUER: 'https://id.example' };
    await assert.rejects(start(withIssuer), /PAYLOAD_KEYS/);
    const withKeys = { ...withIssuer, PAYLOAD_KEYS: `k:${Buffer.alloc(32).toString('base64')}` };
    await assert.rejects(start(withKeys), /OIDC_AUDIENCE is not set: without it a token for another application would/);
    const withRoles = { ...withKeys, OIDC_AUDIENCE: 'baton', OIDC_ROLES_FILE: 'package.json' };
    await assert.rejects(
      start(withRoles),
      /OIDC_ROLES_FILE must name a JSON object .*package\.json is wrong at name\./,
    );
    await assert.rejects(start({ DATABASE_URL: '' }), /DATABASE_URL is not set/);
  });

  it('says in one sentence which limit, secret or grant is wrong', async () => {
    const wrong = { MAX_CONNECTIONS: 'many', BODY_MEBIBYTES: '1', WEBHOOK_SECRETS: 'erp', WEBHOOK_GRANTS: '{' };
    for (const [variable, value] of Object.entries(wrong))
      await assert.rejects(start({ [variable]: value }), ({ message }: Error) => {
        assert.match(message, new RegExp(`\\n${variable} .+\\.$`));
        assert.doesNotMatch(message, /\n\s+at /);
        return true;
      });
  });
});

import assert from 'node:assert/strict';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import net from 'node:net';
import tls from 'node:tls';
import { allowedOf } from '../../outbound/addresses.ts';
import { type Posted, type PostLimits, postOutside } from '../../outbound/post.ts';
import { faultOfTarget, faultOfUrl } from '../../outbound/url.ts';
import { hasOpenssl } from '../temporal/tls-server.ts';
import { certificate } from './certificate.ts';

const nothing = allowedOf([]);
const loopback = allowedOf(['127.0.0.0/8']);

/** A name server of the test: every name has these addresses. */
const naming =
  (...addresses: string[]): LookupFunction =>
  (_name, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: net.isIP(address) })),
    );

describe('posting to an address that somebody outside gave', () => {
  const ends: (() => unknown)[] = [];
  after(() => Promise.all(ends.map((end) => end())));

  async function listening(server: http.Server | net.Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      if (server instanceof http.Server) server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }
  const serving = (answer: RequestListener) => listening(http.createServer(answer));
  const post = (url: string, limits: Partial<PostLimits> = {}): Promise<Posted> =>
    postOutside({ url, headers: {}, body: '{}' }, { allowed: nothing, timeoutMs: 5_000, ...limits });

  it('brings headers and body, and answers the status', async () => {
    let seen: unknown;
    const port = await serving((req, res) => {
      req.on('data', (bytes: Buffer) => (seen = [req.method, req.headers['x-one'], String(bytes)]));
      req.on('end', () => res.writeHead(202).end('thanks'));
    });
    const message = { url: `http://127.0.0.1:${port}/in`, headers: { 'x-one': '1' }, body: '{"süß":1}' };
    assert.deepEqual(await postOutside(message, { allowed: loopback, timeoutMs: 5_000 }), { status: 202 });
    assert.deepEqual(seen, ['POST', '1', '{"süß":1}']);
  });

  it('hears how long to wait, in seconds or as a date', async () => {
    const values = ['7', new Date(Date.now() + 60_000).toUTCString(), 'soon', '-1'];
    const port = await serving((_req, res) => res.writeHead(503, { 'retry-after': values.shift()! }).end());
    const url = `http://127.0.0.1:${port}/`;
    const waits = [];
    for (let n = 0; n < 4; n++) waits.push(await post(url, { allowed: loopback }));
    assert.deepEqual(waits[0], { status: 503, retryAfterMs: 7_000 });
    const { retryAfterMs } = waits[1] as { retryAfterMs: number };
    assert.ok(retryAfterMs > 30_000 && retryAfterMs <= 60_000);
    assert.deepEqual(waits[2], { status: 503 });
  });

  const notPublic = [
    ...['127.0.0.1', '127.255.0.9', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['100.100.100.200', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.0.192', '198.18.0.1', '168.63.129.16'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'],
    ...['::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', 'fec0::1'],
  ];
  for (const address of notPublic)
    it(`calls nobody at ${address}, neither as it is nor behind a name`, async () => {
      const host = address.includes(':') ? `[${address}]` : address;
      for (const scheme of ['http', 'https']) {
        assert.deepEqual(await post(`${scheme}://${host}:9/`), { failure: 'url-refused' });
        const named = await post(`${scheme}://partner.example:9/`, { lookup: naming(address) });
        assert.deepEqual(named, { failure: 'address-refused' });
      }
      assert.ok(await faultOfTarget('https://partner.example/', nothing, naming(address)));
    });

  it('knows an address in every way to write it', async () => {
    const port = await serving((_req, res) => res.end());
    for (const host of ['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0x7f.1', '[::ffff:7f00:1]', '127.0.0.1.'])
      for (const scheme of ['http', 'https'])
        assert.deepEqual(await post(`${scheme}://${host}:${port}/`), { failure: 'url-refused' }, host);
    for (const host of ['localhost', 'LOCALHOST'])
      assert.deepEqual(await post(`https://${host}:${port}/`), { failure: 'address-refused' }, host);
  });

  it('refuses a name with one address that is not public among others', async () => {
    const lookup = naming('93.184.215.14', '10.0.0.1');
    assert.deepEqual(await post('https://partner.example/', { lookup }), { failure: 'address-refused' });
  });

  it('connects to the address that it has checked, whatever the name has next', async () => {
    let asked = 0;
    const rebinding: LookupFunction = (name, options, done) =>
      naming(asked++ === 0 ? '192.0.2.1' : '127.0.0.1')(name, options, done);
    const port = await serving((_req, res) => res.end());
    const allowed = allowedOf(['192.0.2.1']); // documentation's own: nobody is there
    const got = await post(`http://partner.example:${port}/`, { allowed, lookup: rebinding, timeoutMs: 300 });
    assert.notDeepEqual(got, { status: 200 });
    assert.equal(asked, 1);
  });

  it('calls what the operator lists: a name, an address, a range; no other', async () => {
    const port = await serving((_req, res) => res.end());
    const lookup = naming('127.0.0.1');
    const url = `http://chat.internal:${port}/`;
    for (const entry of ['chat.internal', 'Chat.Internal', '127.0.0.1', '127.0.0.0/8'])
      assert.deepEqual(await post(url, { allowed: allowedOf([entry]), lookup }), { status: 200 }, entry);
    for (const entry of ['internal', 'chat', 'other.internal', '127.0.0.2', '10.0.0.0/8', '::1'])
      assert.deepEqual(await post(url, { allowed: allowedOf([entry]), lookup }), { failure: 'address-refused' }, entry);
    assert.deepEqual(await post(`http://[::ffff:127.0.0.1]:${port}/`, { allowed: loopback }), { status: 200 });
  });

  it('takes no URL of another scheme, with a password, or that is none', async () => {
    const wrong = ['ftp://partner.example/', 'file:///etc/passwd', 'gopher://x/', 'partner.example', '', 'https://'];
    wrong.push('https://a:b@partner.example/', 'https://a@partner.example/', 'https:partner.example', 'https://x/#y');
    wrong.push(`https://partner.example/${'x'.repeat(2_000)}`, 'javascript:alert(1)');
    for (const url of wrong) assert.ok(faultOfUrl(url, loopback), url);
    assert.equal(faultOfUrl('https://partner.example/hook?x=1', nothing), undefined);
    assert.equal(await faultOfTarget('https://partner.example/', nothing, naming('93.184.215.14')), undefined);
  });

  for (const to of ['http://169.254.169.254/latest/meta-data/', 'http://127.0.0.1:1/', '/elsewhere'])
    it(`follows no redirect, to ${to}`, async () => {
      let calls = 0;
      const port = await serving((_req, res) => {
        calls++;
        res.writeHead(calls === 1 ? 307 : 301, { location: to }).end();
      });
      for (const _ of [1, 2])
        assert.deepEqual(await post(`http://127.0.0.1:${port}/`, { allowed: loopback }), { failure: 'redirected' });
      assert.equal(calls, 2);
    });

  it('waits for no answer longer than it is told, and for no end of one', async () => {
    const silent = await serving(() => undefined);
    const allowed = loopback;
    assert.deepEqual(await post(`http://127.0.0.1:${silent}/`, { allowed, timeoutMs: 200 }), { failure: 'timed-out' });
    const endless = await serving((_req, res) => {
      const more = setInterval(() => res.write('.'), 10);
      res.on('close', () => clearInterval(more));
    });
    assert.deepEqual(await post(`http://127.0.0.1:${endless}/`, { allowed, timeoutMs: 200 }), { status: 200 });
    const lookup: LookupFunction = () => undefined;
    assert.deepEqual(await post('https://slow.example/', { lookup, timeoutMs: 200 }), { failure: 'timed-out' });
  });

  it('reads some KiB of an answer and then hangs up', async () => {
    let sent = 0;
    const port = await serving((_req, res) => {
      const push = () => {
        while (!res.destroyed && res.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
        sent += 64 * 1024;
      };
      res.on('drain', push).on('error', () => undefined);
      push();
    });
    assert.deepEqual(await post(`http://127.0.0.1:${port}/`, { allowed: loopback }), { status: 200 });
    assert.ok(sent < 50 * 1024 * 1024, String(sent));
  });

  it('says that nobody was there, or that somebody hung up or spoke no HTTP', async () => {
    const allowed = loopback;
    const hangsUp = await listening(net.createServer((socket) => socket.destroy()));
    const speaksOther = await listening(net.createServer((socket) => socket.end('220 mail ready\r\n')));
    for (const port of [1, hangsUp, speaksOther])
      assert.deepEqual(await post(`http://127.0.0.1:${port}/`, { allowed }), { failure: 'unreachable' });
  });

  it('trusts no certificate that nobody vouches for, or that is another name’s', async function () {
    if (!hasOpenssl()) this.skip(); // makes the certificate
    const { key, cert } = certificate();
    const port = await listening(https.createServer({ key, cert }, (_req, res) => res.end()));
    const limits = { allowed: loopback, lookup: naming('127.0.0.1') };
    assert.deepEqual(await post(`https://partner.example:${port}/`, limits), { failure: 'untrusted' });
    const usual = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...usual, cert]);
    try {
      assert.deepEqual(await post(`https://partner.example:${port}/`, limits), { status: 200 });
      assert.deepEqual(await post(`https://other.example:${port}/`, limits), { failure: 'untrusted' });
    } finally {
      tls.setDefaultCACertificates(usual);
    }
  });

  it('goes through no proxy that the environment names', async () => {
    let proxied = 0;
    const proxy = await serving((_req, res) => {
      proxied++;
      res.end();
    });
    const port = await serving((_req, res) => res.writeHead(204).end());
    Object.assign(process.env, { HTTP_PROXY: `http://127.0.0.1:${proxy}`, NODE_USE_ENV_PROXY: '1' });
    try {
      assert.deepEqual(await post(`http://127.0.0.1:${port}/`, { allowed: loopback }), { status: 204 });
      assert.equal(proxied, 0);
    } finally {
      delete process.env['HTTP_PROXY'];
      delete process.env['NODE_USE_ENV_PROXY'];
    }
  });
});

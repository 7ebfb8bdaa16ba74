import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

export interface TlsServer {
  address: string;
  /** Files in PEM. */
  files: Record<'ca' | 'crt' | 'key' | 'strangerCrt' | 'strangerKey', string>;
  /** What came in the header `authorization`, and in `x-team`. */
  seen: { authorization: string | undefined; team: string | undefined }[];
  close(): Promise<void>;
}

/** Stands before a real Temporal server, speaks TLS under a certificate authority of its own, and lets in only whom that knows. */
export async function tlsServer(target: string, { clients = true } = {}): Promise<TlsServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'baton-tls-'));
  const files = certificates(dir);
  const pem = (name: string) => readFileSync(path.join(dir, name));
  const seen: TlsServer['seen'] = [];
  const upstream = http2.connect(`http://${target}`);
  const server = http2.createSecureServer({
    ...{ key: pem('server.key'), cert: pem('server.crt'), ca: pem('ca.crt') },
    ...(clients ? { requestCert: true, rejectUnauthorized: true } : {}),
  });
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    seen.push({ authorization: headers.authorization, team: headers['x-team'] as string | undefined });
    passOn(stream, upstream.request({ ...headers, ':scheme': 'http' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    files,
    seen,
    async close() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
      upstream.destroy();
      rmSync(dir, { recursive: true });
    },
  };
}

function passOn(stream: http2.ServerHttp2Stream, up: http2.ClientHttp2Stream): void {
  let trailers: http2.OutgoingHttpHeaders = {};
  up.on('trailers', (given) => (trailers = given));
  up.on('response', (headers, flags) => {
    if (stream.destroyed) return;
    const over = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(headers, over ? { endStream: true } : { waitForTrailers: true });
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('error', () => up.destroy());
  up.on('error', () => stream.destroy());
  stream.on('close', () => up.close());
  stream.pipe(up).pipe(stream);
}

function certificates(dir: string): TlsServer['files'] {
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const authority = (name: string) =>
    run('req', '-x509', ...key, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`);
  const signed = (name: string, by: string) => {
    writeFileSync(path.join(dir, `${name}.ext`), 'subjectAltName=DNS:localhost,DNS:temporal.internal');
    run('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const from = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-extfile', `${name}.ext`];
    run('x509', '-req', '-in', `${name}.csr`, ...from, '-days', '2', '-out', `${name}.crt`);
  };
  for (const name of ['ca', 'other']) authority(name);
  for (const name of ['server', 'client']) signed(name, 'ca');
  signed('stranger', 'other');
  const file = (name: string) => path.join(dir, name);
  return {
    ...{ ca: file('ca.crt'), crt: file('client.crt'), key: file('client.key') },
    ...{ strangerCrt: file('stranger.crt'), strangerKey: file('stranger.key') },
  };
}

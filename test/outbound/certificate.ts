import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dataDir } from '../harness.ts';

/** A key and a certificate that it signed itself, for `partner.example`. */
export function certificate(): { key: string; cert: string } {
  const [key, cert] = ['partner-key.pem', 'partner-cert.pem'].map((file) => path.join(dataDir, file));
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=partner.example', '-addext', 'subjectAltName=DNS:partner.example'],
    ...['-keyout', key!, '-out', cert!],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${String(made.stderr)}`);
  return { key: readFileSync(key!, 'utf8'), cert: readFileSync(cert!, 'utf8') };
}

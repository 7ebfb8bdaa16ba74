import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ConnectionOptions } from '@temporalio/client';
import { type ClientConfigProfile, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { CannotStart } from '../environment/cannot-start.ts';
import { withoutEmpty } from '../environment/settings.ts';

/** A Temporal server, and how it lets us in. */
export interface Target {
  address: string;
  tls?: ConnectionOptions['tls'];
  apiKey?: string | undefined;
  metadata?: Record<string, string> | undefined;
}

export interface TemporalSettings extends Target {
  namespace: string;
}

/** By Temporal's environment configuration: `TEMPORAL_…` before the profile of `temporal.toml`. Throws `CannotStart`. */
export function temporalFrom(env: NodeJS.ProcessEnv): TemporalSettings {
  const { namespace = 'default', connectionOptions } = read(env);
  const { address, apiKey, tls, metadata } = connectionOptions;
  if (!address)
    throw new CannotStart(
      'TEMPORAL_ADDRESS is not set, nor is there one in temporal.toml: a Temporal server is needed.',
    );
  return { address, namespace, tls, apiKey, metadata: metadata as Record<string, string> | undefined };
}

function read(env: NodeJS.ProcessEnv) {
  try {
    const profile = loadClientConfigProfile({ overrideEnvVars: withoutEmpty(env), configFileStrict: true });
    const options = toClientOptions(profile);
    requireCertificates(profile, options.connectionOptions.tls);
    return options;
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const said = (error as Error).message.split('\n')[0]!;
    throw new CannotStart(`TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE or TEMPORAL_TLS… cannot be taken: ${said}.`, {
      cause: error,
    });
  }
}

/** The library leaves out a certificate without its key, and the other way round; and what is no certificate fails later, in words of OpenSSL. */
function requireCertificates({ tls: said }: ClientConfigProfile, tls: ConnectionOptions['tls']): void {
  const alone = said?.clientCert ? !said.clientKey && 'KEY' : said?.clientKey && 'CERT';
  if (alone)
    throw new CannotStart(
      `TEMPORAL_TLS_CLIENT_${alone}_PATH is not set: a client certificate and its key go together.`,
    );
  if (typeof tls !== 'object' || tls === null) return;
  const { serverRootCACertificate: authority, clientCertPair: pair } = tls;
  if (authority) certificate('TEMPORAL_TLS_SERVER_CA_CERT_PATH', authority);
  if (!pair) return;
  const own = certificate('TEMPORAL_TLS_CLIENT_CERT_PATH', pair.crt);
  const key = held('TEMPORAL_TLS_CLIENT_KEY_PATH', 'a private key in PEM', () =>
    createPrivateKey(Buffer.from(pair.key)),
  );
  if (!own.checkPrivateKey(key))
    throw new CannotStart('TEMPORAL_TLS_CLIENT_KEY_PATH holds the key of another certificate.');
}

const certificate = (name: string, bytes: Uint8Array) =>
  held(name, 'a certificate in PEM', () => new X509Certificate(Buffer.from(bytes)));

function held<T>(name: string, what: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new CannotStart(`${name} must name a file that holds ${what}.`);
  }
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { Deps } from './deps.ts';
import { developmentGrant, type HookGrant, type HookGrants, usualGrant } from './hook-grants.ts';
import { isSignedWith, signedHeaders } from './hook-signature.ts';
import { Problem } from './problems.ts';
import { keyOf, newSecret } from '../outbound/webhook-signature.ts';

/** Webhooks signed as Standard Webhooks says, each source with secrets and grants of its own. */
export interface Hooks {
  /** What can be seen before the body is read. Throws `Problem` `signature-invalid`, also for a source that has no secret. */
  expect(source: string, headers: IncomingHttpHeaders): void;
  /** The message's own id. Throws `Problem` `signature-invalid`. */
  verify(source: string, headers: IncomingHttpHeaders, body: Uint8Array): string;
  grantOf(source: string): HookGrant;
  /** Whether a source has a secret of its own. */
  isNamed(source: string): boolean;
}

export type HookSecrets = ReadonlyMap<string, readonly string[]>;

export interface HookSettings {
  secrets: HookSecrets;
  grants: HookGrants;
  /** Signs for every source where none has a secret of its own; production has none. */
  usual?: string | undefined;
}

const sourceName = /^[A-Za-z0-9._-]{1,50}$/;

export function createHooks({ secrets, grants, usual }: HookSettings, definitions: Deps['definitions']): Hooks {
  const keys = new Map([...secrets].map(([source, all]) => [source, all.map(keyOf)]));
  const otherwise = usual === undefined ? [] : [keyOf(usual)];
  const expected = (source: string, headers: IncomingHttpHeaders) => {
    const signed = signedHeaders(headers);
    const own = keys.get(source) ?? (sourceName.test(source) ? otherwise : []);
    if (!signed || own.length === 0) throw new Problem('signature-invalid');
    return { signed, own };
  };
  return {
    expect: (source, headers) => void expected(source, headers),
    verify(source, headers, body) {
      const { signed, own } = expected(source, headers);
      if (!own.some((key) => isSignedWith(key, signed, body))) throw new Problem('signature-invalid');
      return signed.id;
    },
    isNamed: (source) => keys.has(source),
    grantOf: (source) =>
      grants.get(source) ?? (usual === undefined ? usualGrant : developmentGrant(definitions, source)),
  };
}

/** `WEBHOOK_SECRETS`: `source=whsec_…`, several by commas; a source that is named twice has two, while one is replaced. */
export function hookSecretsOf(env: NodeJS.ProcessEnv): HookSecrets {
  const pairs = (env['WEBHOOK_SECRETS'] ?? '').split(',').flatMap((pair) => pair.trim() || []);
  const secrets = new Map<string, string[]>();
  for (const pair of pairs) {
    const [, source, secret] = /^([A-Za-z0-9._-]{1,50})=(whsec_[A-Za-z0-9+/]+={0,2})$/.exec(pair) ?? [];
    if (!source || !secret || Buffer.from(secret.slice(6), 'base64').length < 24)
      throw new Error(
        'WEBHOOK_SECRETS holds source=whsec_…, the secret at least 24 bytes in base64, several by commas.',
      );
    secrets.set(source, [...(secrets.get(source) ?? []), secret]);
  }
  return secrets;
}

/** Made once, beside the other development keys. */
export function developmentHookSecret(dataDir: string): string {
  const file = path.join(dataDir, 'webhook-secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

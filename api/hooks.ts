import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { Problem } from './problems.ts';

/** Webhooks signed as Standard Webhooks says, each source with secrets of its own. */
export interface Hooks {
  /** The message's own id. Throws `Problem` `signature-invalid`, also for a source that has no secret. */
  verify(source: string, headers: IncomingHttpHeaders, body: string): string;
}

export type HookSecrets = ReadonlyMap<string, readonly string[]>;

/** `usual` signs for every source that has no secret of its own; production has none. */
export function createHooks(secrets: HookSecrets, usual?: string): Hooks {
  const webhooks = new Map([...secrets].map(([source, all]) => [source, all.map((secret) => new Webhook(secret))]));
  const otherwise = usual === undefined ? [] : [new Webhook(usual)];
  return {
    verify(source, headers, body) {
      const own = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headers[name]]);
      const signed = Object.fromEntries(own) as Record<string, string>;
      for (const webhook of webhooks.get(source) ?? otherwise) {
        try {
          webhook.verify(body, signed, { jsonParse: false });
          return signed['webhook-id']!;
        } catch (error) {
          if (!(error instanceof WebhookVerificationError)) throw error;
        }
      }
      throw new Problem('signature-invalid');
    },
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
  writeFileSync(file, `whsec_${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

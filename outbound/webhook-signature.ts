import { createHmac, randomBytes } from 'node:crypto';

/** Standard Webhooks: what is signed beside the body, by shared secrets `whsec_…`, version `v1`. */
export interface Signing {
  id: string;
  /** Seconds since 1970. */
  timestamp: string;
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const keyOf = (secret: string): Buffer => Buffer.from(secret.slice('whsec_'.length), 'base64');

/** Over the bytes as they are sent: not every body is text in UTF-8. */
export const signatureOf = (key: Uint8Array, { id, timestamp }: Signing, body: Uint8Array | string): string =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');

import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { signatureOf, type Signing } from '../outbound/webhook-signature.ts';

const toleranceSeconds = 5 * 60;

export interface Signed extends Signing {
  signatures: readonly string[];
}

/** The headers of a message that was signed just now, or nothing. */
export function signedHeaders(headers: IncomingHttpHeaders, now = Date.now()): Signed | undefined {
  const [id, timestamp, list] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof list !== 'string') return undefined;
  const isNow = /^[1-9]\d{0,14}$/.test(timestamp) && Math.abs(now / 1_000 - Number(timestamp)) <= toleranceSeconds;
  const signatures = list.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice(3)] : []));
  return id !== '' && isNow && signatures.length > 0 ? { id, timestamp, signatures } : undefined;
}

export function isSignedWith(key: Uint8Array, { signatures, ...signing }: Signed, body: Uint8Array): boolean {
  const expected = Buffer.from(signatureOf(key, signing, body));
  return signatures.some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

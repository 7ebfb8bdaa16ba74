import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const toleranceSeconds = 5 * 60;

/** What Standard Webhooks signs beside the body, and the signatures by shared secrets (`v1`). */
export interface Signed {
  id: string;
  timestamp: string;
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

/** Over the bytes as they were sent: not every body is text in UTF-8. */
export function isSignedWith(key: Uint8Array, { id, timestamp, signatures }: Signed, body: Uint8Array): boolean {
  const expected = Buffer.from(createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64'));
  return signatures.some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

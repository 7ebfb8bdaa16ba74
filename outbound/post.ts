import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { AddressRefused, type Allowed, guardedLookup } from './addresses.ts';
import { faultOfUrl } from './url.ts';

export interface Message {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface PostLimits {
  allowed: Allowed;
  /** For all of it: name, connection, answer. */
  timeoutMs: number;
  /** Instead of this machine's. */
  lookup?: LookupFunction | undefined;
}

/** What kept a message from being answered. `untrusted`: by the certificate. A redirect is not followed. */
export type PostFailure = 'url-refused' | 'address-refused' | 'redirected' | 'timed-out' | 'untrusted' | 'unreachable';

/** What the other side said; of its answer no more than this is ever kept. */
export type Posted = { status: number; retryAfterMs?: number } | { failure: PostFailure };

const mostRead = 16 * 1024;

/**
 * Posts to an address that somebody outside gave us. By https, or by http to what the operator lists; never to an address that is
 * not public, unless the operator lists it; never through a proxy. Throws nothing that comes from outside.
 */
export async function postOutside({ url, headers, body }: Message, limits: PostLimits): Promise<Posted> {
  const { allowed, timeoutMs, lookup } = limits;
  if (faultOfUrl(url, allowed)) return { failure: 'url-refused' };
  const target = new URL(url);
  const bytes = Buffer.from(body);
  const options = {
    method: 'POST',
    headers: { 'user-agent': 'Baton', ...headers, 'content-length': bytes.length },
    lookup: guardedLookup(target, allowed, lookup),
    signal: AbortSignal.timeout(timeoutMs),
  };
  try {
    return answered(await send(target, options, bytes));
  } catch (error) {
    return { failure: failureOf(error as NodeJS.ErrnoException) };
  }
}

/** A connection of its own each time: no proxy of the environment, no session that was checked for another name. */
function send(target: URL, options: http.RequestOptions, body: Buffer): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: http.IncomingMessage | undefined;
    const fail = (error: Error) => answer ?? reject(error); // what comes after the answer changes nothing
    const request =
      target.protocol === 'https:'
        ? https.request(target, {
            ...options,
            agent: new https.Agent({ maxCachedSessions: 0 }),
            rejectUnauthorized: true,
          })
        : http.request(target, { ...options, agent: new http.Agent() });
    request.on('error', fail).on('close', () => fail(new Error('closed without an answer')));
    request.on('response', (response) => {
      drain((answer = response));
      response.on('error', () => undefined).on('close', () => resolve(response));
    });
    request.end(body);
  });
}

/** Reads as much as a polite answer has, and looks at none of it. */
function drain(response: http.IncomingMessage): void {
  let read = 0;
  response.on('data', ({ length }: Buffer) => {
    read += length;
    if (read > mostRead) response.destroy();
  });
}

function answered({ statusCode = 0, headers }: http.IncomingMessage): Posted {
  if (statusCode >= 300 && statusCode < 400) return { failure: 'redirected' };
  const retryAfterMs = retryAfterOf(headers['retry-after']);
  return { status: statusCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** RFC 9110: seconds, or a date. */
function retryAfterOf(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function failureOf(error: NodeJS.ErrnoException): PostFailure {
  if (error instanceof AddressRefused) return 'address-refused';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timed-out';
  const { code = '' } = error;
  return /CERT|^ERR_TLS|SELF_SIGNED|UNABLE_TO_/.test(code) ? 'untrusted' : 'unreachable';
}

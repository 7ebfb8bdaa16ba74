import { SystemBusy, SystemRefused, SystemUnavailable } from './errors.ts';
import { createHttp, TimedOut, type CallOptions, type HttpAnswer, type HttpRequest } from './http.ts';
import { splitOperation } from './index.ts';

export { SystemBusy, SystemRefused, SystemUnavailable } from './errors.ts';
export type { CallOptions } from './http.ts';

/** What a system says became of a write. `unknown`: it cannot tell. */
export type Outcome = { state: 'applied'; result: unknown } | { state: 'none' } | { state: 'unknown' };

/**
 * All calls fail with SystemRefused (do not retry), SystemUnavailable (retry under the same key; SystemBusy is one), or the
 * reason of an aborted signal.
 */
export interface Systems {
  /** `data` null: the system has no such thing, which is an answer. `asOf`: when the fact was true, an ISO instant. */
  read(operation: string, by: unknown, options: CallOptions): Promise<{ asOf: string; data: unknown }>;
  write(operation: string, key: string, input: unknown, options: CallOptions): Promise<unknown>;
  outcomeOf(operation: string, key: string, options: CallOptions): Promise<Outcome>;
}

export interface SystemsOptions {
  /** SYSTEMS_URL */
  baseUrl: string;
  /** How many calls one system may have under way, so that a slow one cannot take every slot. */
  atOnce?: number;
}

const maxBytes = 256 * 1024;
/** These never reached the system. */
const notSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** The system says itself that it did nothing. */
const notTaken = [429, 503];

/** The connectors' wire: reads, writes by idempotency key, and what became of a key. */
export function createSystems({ baseUrl, atOnce = 20 }: SystemsOptions): Systems {
  const http = createHttp(baseUrl, maxBytes);
  const underWay = new Map<string, number>();

  /** The answer's JSON object. A write whose answer is lost or unusable may have been applied: it is never "refused". */
  async function call(system: string, request: HttpRequest, options: CallOptions): Promise<Record<string, unknown>> {
    const calls = underWay.get(system) ?? 0;
    if (calls >= atOnce) throw new SystemBusy(system, atOnce);
    underWay.set(system, calls + 1);
    try {
      return bodyOf(system, request, await http(request, options));
    } catch (error) {
      if (error instanceof SystemRefused || error instanceof SystemUnavailable || options.signal?.aborted) throw error;
      const { code = '', message } = error as NodeJS.ErrnoException;
      const sent = error instanceof TimedOut || !notSent.includes(code);
      throw new SystemUnavailable(system, `${system}: ${message || code}`, request.method === 'POST' && sent, error);
    } finally {
      underWay.set(system, underWay.get(system)! - 1);
    }
  }

  return {
    async read(operation, by, options) {
      const [system, name] = splitOperation(operation);
      const path = `/${system}/${name}?by=${encodeURIComponent(JSON.stringify(by))}`;
      const { asOf, data } = await call(system, { method: 'GET', path, headers: {} }, options);
      if (typeof asOf !== 'string' || data === undefined || Number.isNaN(Date.parse(asOf)))
        throw new SystemRefused(system, 'answer-invalid', `${operation} answered without asOf or data`);
      return { asOf, data };
    },

    async write(operation, key, input, options) {
      const [system, name] = splitOperation(operation);
      const headers = { 'content-type': 'application/json', 'idempotency-key': headerSafe(key) };
      const body = JSON.stringify(input);
      const { result } = await call(system, { method: 'POST', path: `/${system}/${name}`, headers, body }, options);
      if (result === undefined) throw new SystemUnavailable(system, `${operation} answered without a result`, true);
      return result;
    },

    async outcomeOf(operation, key, options) {
      const [system] = splitOperation(operation);
      const path = `/${system}/_outcome?key=${encodeURIComponent(headerSafe(key))}`;
      try {
        const { state, result } = await call(system, { method: 'GET', path, headers: {} }, options);
        if (state === 'applied' && result !== undefined) return { state, result };
        return state === 'none' ? { state } : { state: 'unknown' };
      } catch (error) {
        if (error instanceof SystemRefused || error instanceof CannotTell) return { state: 'unknown' };
        throw error;
      }
    },
  };
}

/** 501 */
class CannotTell extends SystemUnavailable {}

function bodyOf(system: string, { method }: HttpRequest, { status, text }: HttpAnswer): Record<string, unknown> {
  const write = method === 'POST';
  const body = text === undefined ? undefined : parsed(text);
  if (status >= 200 && status < 300) {
    if (body) return body;
    const what = text === undefined ? `more than ${maxBytes} bytes` : 'something other than a JSON object';
    if (text === undefined && !write) throw new SystemRefused(system, 'too-large', `${system} answered ${what}`);
    throw new SystemUnavailable(system, `${system} answered ${what}`, write);
  }
  const said = typeof body?.['message'] === 'string' ? body['message'].slice(0, 500) : `answered ${status}`;
  if (status === 501) throw new CannotTell(system, `${system}: ${said}`, write);
  if (status >= 500 || status === 408 || status === 429)
    throw new SystemUnavailable(system, `${system}: ${said}`, write && !notTaken.includes(status));
  const code = typeof body?.['code'] === 'string' ? body['code'].slice(0, 100) : `http-${status}`;
  throw new SystemRefused(system, code, `${system}: ${said}`);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A header holds printable ASCII and loses blanks at its ends: anything else in a key is percent-encoded. */
const headerSafe = (key: string): string => key.replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);

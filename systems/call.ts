import { SystemBusy, SystemRefused, SystemUnavailable } from './errors.ts';
import { type CallOptions, createHttp, type HttpAnswer, type HttpRequest, TimedOut } from './http.ts';

/** The JSON object that a system answers; without content, an empty one. */
export type Call = (system: string, request: HttpRequest, options: CallOptions) => Promise<Record<string, unknown>>;

const maxBytes = 256 * 1024;
/** These never reached the system. */
const notSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** The system says itself that it did nothing. */
const notTaken = [429, 503];

/** Calls to one base URL, of each system no more than `atOnce` under way. A write whose answer is lost or unusable may have been applied: it is never "refused". */
export function createCall(baseUrl: string, atOnce: number): Call {
  const http = createHttp(baseUrl, maxBytes);
  const underWay = new Map<string, number>();

  return async (system, request, options) => {
    const calls = underWay.get(system) ?? 0;
    if (calls >= atOnce) throw new SystemBusy(system, atOnce);
    underWay.set(system, calls + 1);
    try {
      return bodyOf(system, request, await http(request, options));
    } catch (error) {
      if (error instanceof SystemRefused || error instanceof SystemUnavailable || options.signal?.aborted) throw error;
      const { code = '', message } = error as NodeJS.ErrnoException;
      const sent = error instanceof TimedOut || !notSent.includes(code);
      throw new SystemUnavailable(system, `${system}: ${message || code}`, request.method !== 'GET' && sent, error);
    } finally {
      underWay.set(system, underWay.get(system)! - 1);
    }
  };
}

/** 501 */
export class CannotTell extends SystemUnavailable {}

function bodyOf(system: string, { method }: HttpRequest, { status, text }: HttpAnswer): Record<string, unknown> {
  const write = method !== 'GET';
  if (status === 204 || (write && status === 200 && text === '')) return {};
  const body = text === undefined ? undefined : parsed(text);
  if (status >= 200 && status < 300) {
    if (body) return body;
    const what = text === undefined ? `more than ${maxBytes} bytes` : 'something other than a JSON object';
    if (text === undefined && !write) throw new SystemRefused(system, 'too-large', `${system} answered ${what}`);
    throw new SystemUnavailable(system, `${system} answered ${what}`, write);
  }
  const said = textIn(body, 'message', 'detail')?.slice(0, 500) ?? `answered ${status}`;
  if (status === 501) throw new CannotTell(system, `${system}: ${said}`, write);
  if (status >= 500 || status === 408 || status === 429)
    throw new SystemUnavailable(system, `${system}: ${said}`, write && !notTaken.includes(status));
  throw new SystemRefused(
    system,
    textIn(body, 'code', 'scimType')?.slice(0, 100) ?? `http-${status}`,
    `${system}: ${said}`,
    status,
  );
}

/** What the first of these fields says that is a text. */
const textIn = (body: Record<string, unknown> | undefined, ...fields: string[]): string | undefined =>
  fields.map((field) => body?.[field]).find((value) => typeof value === 'string');

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A header holds printable ASCII and loses blanks at its ends: anything else in a key is percent-encoded. */
export const headerSafe = (key: string): string => key.replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);

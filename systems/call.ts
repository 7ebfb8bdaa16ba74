import { tracing } from '../telemetry/tracing.ts';
import { admission } from './admission.ts';
import type { ConditionsOf } from './conditions.ts';
import { SystemRefused, SystemUnavailable, SystemUnderWay } from './errors.ts';
import { type CallOptions, createHttp, type HttpAnswer, type HttpRequest, TimedOut, TooLate } from './http.ts';

/** The JSON object that a system answers; without content, an empty one. */
export type Call = (system: string, request: HttpRequest, options: CallOptions) => Promise<Record<string, unknown>>;

const maxBytes = 256 * 1024;
/** These never reached the system. */
const notSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** The system says itself that it did nothing. */
const notTaken = [429, 503];
/** A system that asks for longer is asked again all the same. */
const longestWaitMs = 60_000;

/** Calls to one base URL, on the conditions of each system. A write whose answer is lost or unusable may have been applied: it is never "refused". */
export function createCall(baseUrl: string, conditionsOf: ConditionsOf): Call {
  const http = createHttp(baseUrl, maxBytes);
  const admit = admission(conditionsOf);

  return async (system, request, options) => {
    const over = admit(system);
    const timeoutMs = Math.min(options.timeoutMs, conditionsOf(system).timeoutMs);
    try {
      const headers = { ...request.headers, ...tracing.headers() };
      return bodyOf(system, request, await http({ ...request, headers }, { ...options, timeoutMs }));
    } catch (error) {
      if (error instanceof SystemRefused || error instanceof SystemUnavailable || options.signal?.aborted) throw error;
      const { code = '', message } = error as NodeJS.ErrnoException;
      const sent = error instanceof TimedOut || !(error instanceof TooLate || notSent.includes(code));
      const mayHaveApplied = request.method !== 'GET' && sent;
      throw new SystemUnavailable(system, `${system}: ${message || code}`, mayHaveApplied, { cause: error });
    } finally {
      over();
    }
  };
}

/** 501 */
export class CannotTell extends SystemUnavailable {}

function bodyOf(
  system: string,
  { method }: HttpRequest,
  { status, text, retryAfter }: HttpAnswer,
): Record<string, unknown> {
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
  const retryAfterMs = waitIn(retryAfter);
  if (status === 501) throw new CannotTell(system, `${system}: ${said}`, write);
  if (status === 425 || (status === 409 && retryAfterMs !== undefined))
    throw new SystemUnderWay(system, `${system}: ${said}`, write, { retryAfterMs });
  // A redirect of a write may follow its effect; only a 4xx says that there was none.
  if (status >= 500 || status === 408 || status === 429 || (write && status < 400))
    throw new SystemUnavailable(system, `${system}: ${said}`, write && !notTaken.includes(status), { retryAfterMs });
  throw new SystemRefused(
    system,
    textIn(body, 'code', 'scimType')?.slice(0, 100) ?? `http-${status}`,
    `${system}: ${said}`,
    status,
  );
}

/** `Retry-After`, in seconds or as a date. */
function waitIn(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestWaitMs);
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

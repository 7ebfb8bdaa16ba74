import { APIError } from 'openai';
import { ModelUnavailable, RequestRefused } from './errors.ts';

/** Enough to see what went wrong; some gateways answer whole pages. */
const mostSaid = 4_000;

/** The statuses that are about the request itself: it is too long, malformed, or asks for what the model has not. */
const ofTheRequest = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431]);

/** What the package threw, as one of ours. */
export function failureOf(error: unknown): Error {
  const status = error instanceof APIError ? (error.status as number | undefined) : undefined;
  if (status !== undefined) {
    const { headers, error: body, message } = error as APIError;
    return failed(status, body ?? message, headers);
  }
  if (error instanceof SyntaxError) return new ModelUnavailable('its reply cannot be read', { said: error.message });
  return new ModelUnavailable('it cannot be reached', { said: causes(error) });
}

/** Many gateways report that a provider failed, or is busy, inside a 200. */
export function failureIn(reply: unknown, headers: Headers | undefined): Error | undefined {
  const { error, choices } = fieldsOf(reply);
  const choice = fieldsOf(Array.isArray(choices) ? choices[0] : undefined);
  const brokenOff = choice['finish_reason'] === 'error' || choice['finish_reason'] === 'abort';
  const isAnswer = Array.isArray(choices) && choices.length > 0;
  if (isAnswer && !error && !choice['error'] && !brokenOff) return undefined;
  const said = error || choice['error'] || reply;
  const { code, status, status_code: statusCode } = fieldsOf(said);
  const named = [code, status, statusCode].map(Number).find((one) => one >= 400 && one < 600);
  return named === undefined
    ? new ModelUnavailable('its reply holds no answer', { said: asText(said), retryAfterMs: retryAfter(headers) })
    : failed(named, said, headers);
}

function failed(status: number, body: unknown, headers: Headers | undefined): Error {
  const said = asText(body);
  if (ofTheRequest.has(status)) return new RequestRefused(status, said);
  const reason = status === 429 ? 'too many requests' : `the provider answered ${status}`;
  return new ModelUnavailable(reason, { status, retryAfterMs: retryAfter(headers), said });
}

function retryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') || Number.NaN);
  if (ms >= 0) return ms;
  const after = headers?.get('retry-after');
  if (!after) return undefined;
  const wait = Number.isNaN(Number(after)) ? Date.parse(after) - Date.now() : Number(after) * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.ceil(wait));
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Some providers repeat the key that they refuse. */
const key = /(?:\bsk-|\bBearer\s+)[\w.~+/-]{6,}/gi;

/** Storable, whatever it was. */
const asText = (body: unknown): string =>
  (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''))
    .slice(0, mostSaid)
    .replaceAll('\0', '')
    .replaceAll(key, '[key]')
    .toWellFormed();

/** From the outermost error to what is behind it: `Connection error. fetch failed. connect ECONNREFUSED …` */
const causes = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${causes(error.cause)}`.trim().slice(0, mostSaid) : '';

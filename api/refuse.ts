import type { ErrorRequestHandler, Request, Response } from 'express';
import { placeOfFault } from '../environment/fault.ts';
import { languageAsked } from './language.ts';
import { Problem } from './problems.ts';
import { usualBodyLimit } from './route.ts';
import { isScimPath, mediaType as scimType, scimError } from './scim/errors.ts';

/** Answers whatever was thrown as a problem; nothing of an unknown error is shown. */
export const refuse =
  (report: (line: string) => void): ErrorRequestHandler =>
  (error: unknown, req, res, _next) => {
    const problem = toProblem(error);
    if (problem.code === 'internal') report(`api: ${req.method} ${req.route?.path ?? ''} ${placeOfFault(error)}`);
    if (res.headersSent) return void res.destroy();
    const shown = isScimPath(req.path) ? asScim(problem) : asProblem(problem);
    const body = Buffer.from(JSON.stringify(shown.body));
    res.vary('accept-language').set('content-language', languageAsked());
    res.status(shown.status).set(problem.headers).type(shown.type);
    if (!isLargeAndUnread(req)) return void res.send(body);
    res.set({ connection: 'close', 'content-length': String(body.length) }).write(body);
    endLater(req, res);
  };

const asProblem = (body: Problem) => ({ status: body.status, type: 'application/problem+json', body });

function asScim(problem: Problem) {
  const body = scimError(problem);
  return { status: Number(body.status), type: scimType, body };
}

const lingerMs = 2_000;

/** Node reads to its end what we did not, before the connection is used again; that is worth it for small bodies. */
const isLargeAndUnread = ({ complete, headers }: Request) =>
  !complete && !(Number(headers['content-length']) <= usualBodyLimit);

/** The answer has gone out. A connection closed at once, while the caller still sends, would take it back. */
function endLater(req: Request, res: Response): void {
  const timer = setTimeout(() => res.end(), lingerMs);
  req.once('close', () => clearTimeout(timer));
}

interface Failure {
  message?: string;
  code?: string;
  type?: string;
  status?: number;
  errors?: unknown[];
}

/** What an answer says of it: nothing of an unknown error. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code = '', type, status, message = '', errors } = (error ?? {}) as Failure;
  if (type === 'entity.too.large') return new Problem('body-too-large');
  if (type === 'encoding.unsupported') return new Problem('content-type-unsupported');
  if (type === 'request.aborted' || type === 'request.size.invalid')
    return new Problem('json-invalid', 'The body ended early');
  if (status === 400) return new Problem('path-invalid');
  if (code === '22021' || code === '22P05') return new Problem('text-invalid');
  if (code === '22003') return new Problem('request-invalid', 'A number is out of range');
  if (code === '22007' || code === '22008') return new Problem('request-invalid', 'A time is out of range');
  if (code === '25006') return new Problem('unavailable', 'The database is read-only now');
  if (isAway(code, message)) return new Problem('unavailable', 'The database');
  if (errors?.some((inner) => isAway((inner as Failure)?.code ?? '', ''))) return new Problem('unavailable');
  return new Problem('internal');
}

/**
 * PostgreSQL cannot be reached, is going down or is coming up, lacks room, gave up on two transactions that waited for each other,
 * or ended what took longer than its operator allows.
 */
const away =
  /^(08...|57P0[1-5]|57014|53...|55P03|25P0[34]|40P01|40001|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/;
const isAway = (code: string, message: string) =>
  away.test(code) ||
  /^Connection terminated|^timeout exceeded when trying to connect|^Query read timeout|^Client .* is not queryable/.test(
    message,
  );

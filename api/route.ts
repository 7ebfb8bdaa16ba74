import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import type { Scope } from './keys.ts';
import type { ProblemCode } from './problems.ts';

/** In bytes. */
export const usualBodyLimit = 256 * 1024;
/** Of what may hold long texts or documents. */
export const largeBodyLimit = 4 * 1024 * 1024;

/**
 * A role; or `requester`: any role that may ask for a case of some declared process; or `queue`: any that answers for something
 * in one; or `person`: whom the handoff was given to by name; or `lead`: whoever leads a queue; or `process-owner`: any that owns a
 * process.
 */
export type Who =
  | ('requester' | 'system' | 'auditor' | 'admin' | 'queue' | 'person' | 'lead')
  | ('process-owner' | 'data-leader' | 'tech-leader');

export interface Call<Query = Record<string, never>, Body = undefined> {
  caller: Caller;
  /** Decoded. */
  params: Readonly<Record<string, string>>;
  query: Query;
  body: Body;
  headers: IncomingHttpHeaders;
}

/** What goes back: a value as JSON, a text, or something written piece by piece. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  write?: (res: Response) => Promise<void>;
}

/** One call of the API: who may make it, what it takes, what it answers. Routing, checks, documents and tests read it. */
export interface Route<Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: `/cases/{caseId}`. */
  path: `/${string}`;
  summary: string;
  /** `open`: no token needed. `anyone`: any valid token. `signed`: no token, the route itself holds the body to its signature. */
  who: 'open' | 'anyone' | 'signed' | readonly Who[];
  /** What a machine's key must be for; without it no key may call. */
  scope?: Scope;
  query?: Query;
  body?: Body;
  /** The body may be left out; then it is `{}`. */
  bodyOptional?: true;
  /** Besides `application/json`. */
  alsoConsumes?: readonly string[];
  /** The body is given as the bytes that came; which JSON media types it takes is the route's to say. */
  asBytes?: true;
  /** Looks at who sends before the body is read. Throws `Problem`. */
  admit?: (call: Pick<Call, 'params' | 'headers'>, deps: Deps) => void;
  bodyLimit?: number | ((params: Call['params'], deps: Deps) => number);
  /** Required headers and what they are for. */
  headers?: Readonly<Record<string, string>>;
  /** The same, of headers that may be left out. */
  optionalHeaders?: Readonly<Record<string, string>>;
  /** Callable by the Temporal Web UI's pages; the token may come in the codec cookie. */
  fromUi?: 'with cookie' | true;
  answers: Readonly<Record<number, { description: string; schema?: z.ZodType; type?: string }>>;
  /** Codes of its own, besides those that any route may answer with. */
  problems: readonly ProblemCode[];
  answer(call: Call<z.output<Query>, z.output<Body>>, deps: Deps): Promise<Answer>;
}

/** Checks a route's `answer` against its own schemas, then forgets them, so that all routes fit in one table. */
export const route = <Query extends z.ZodObject = z.ZodObject<{}>, Body extends z.ZodType = z.ZodUndefined>(
  declared: Route<Query, Body>,
): Route => declared as unknown as Route;

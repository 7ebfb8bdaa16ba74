import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { bearerOf, type Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { fieldErrors, Problem } from './problems.ts';
import { type Answer, type Route, usualBodyLimit, type Who } from './route.ts';
import { findHandoff } from '../store/handoffs.ts';
import { codecCookie } from './routes/codec.ts';
import { parseStrictJson } from './strict-json.ts';
import { boundByStore, hasAny, mayRequest, queuesOf } from './visibility.ts';

const noQuery = z.strictObject({});
const nobody: Caller = { person: '', roles: [] };

/** Serves every route of the table: who may call, what they sent, then the route's own answer. */
export function mount(app: Express, routes: readonly Route[], deps: Deps): void {
  for (const [path, here] of Map.groupBy(routes, (one) => one.path)) {
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), serving(here, deps));
  }
}

/** Whether a caller has one of a route's roles. */
export function mayCall(who: Route['who'], caller: Caller, definitions: Deps['definitions']): boolean {
  if (typeof who === 'string') return true;
  const all = Object.values(definitions);
  const groups = {
    queue: () => all.some((definition) => hasAny(caller, queuesOf(definition))),
    requester: () => all.some((definition) => mayRequest(definition, caller)),
    person: () => false,
  };
  const isIn = (role: Who) => (role in groups ? groups[role as keyof typeof groups]() : caller.roles.includes(role));
  return who.some(isIn);
}

/** Whoever a handoff was given to by name may need no role at all. */
async function isGivenTo({ person }: Caller, { who }: Route, params: Record<string, string>, { pool }: Deps) {
  if (!Array.isArray(who) || !who.includes('person')) return false;
  return (await findHandoff(pool, params['handoffId'] ?? ''))?.person === person;
}

/** The methods of one path. */
function serving(here: readonly Route[], deps: Deps): RequestHandler {
  const methods = here.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  const allow = [...methods, 'OPTIONS'].join(', ');
  return async (req, res) => {
    if (here.some(({ fromUi }) => fromUi)) allowUi(req, res, deps.allowedOrigins, methods);
    if (req.method === 'OPTIONS') return void res.set('allow', allow).status(204).end();
    const method = req.method === 'HEAD' ? 'get' : req.method.toLowerCase();
    const route = here.find((one) => one.method === method);
    if (!route) throw new Problem('method-not-allowed', `It takes ${allow}`, { headers: { allow } });

    const isOpen = route.who === 'open' || route.who === 'signed';
    const caller = isOpen ? nobody : await boundByStore(deps.pool, await deps.verify(tokenOf(req, route, deps)));
    const params = req.params as Record<string, string>;
    if (Object.values(params).some((value) => value.includes('\0'))) throw new Problem('path-invalid');
    const may = mayCall(route.who, caller, deps.definitions) || (await isGivenTo(caller, route, params, deps));
    if (!may) throw new Problem('role-missing');
    const query = parsed(route.query ?? noQuery, req.query, (error) => {
      throw new Problem('query-invalid', '', { errors: fieldErrors(error, false) });
    });
    const body = route.body && (await bodyOf(route, req, res, reader(limitOf(route, params, deps))));
    await send(res, await route.answer({ caller, params, query, body: body as never, headers: req.headers }, deps));
  };
}

async function send(res: Response, { status, headers = {}, body, write }: Answer): Promise<void> {
  res.status(status).set(headers);
  if (write) return write(res);
  if (body === undefined) res.end();
  else if (typeof body === 'string') res.send(body);
  else res.json(body);
}

const limitOf = ({ bodyLimit = usualBodyLimit }: Route, params: Record<string, string>, deps: Deps): number =>
  typeof bodyLimit === 'number' ? bodyLimit : bodyLimit(params, deps);

type Reader = (req: Request, res: Response) => Promise<Uint8Array>;

/** Reads a body of at most `limit` bytes; fails as Express's own body parser does. */
function reader(limit: number): Reader {
  const raw = express.raw({ limit, type: () => true, inflate: false });
  return (req, res) =>
    new Promise((resolve, reject) => {
      raw(req, res, (error?: unknown) => {
        const body: unknown = req.body;
        if (error) reject(error as Error);
        else resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      });
    });
}

async function bodyOf(route: Route, req: Request, res: Response, read: Reader): Promise<unknown> {
  const type = req.headers['content-type'];
  if (type !== undefined && !isJson(type, route.alsoConsumes)) throw new Problem('content-type-unsupported');
  const bytes = await read(req, res);
  if (route.asBytes && type !== undefined) return bytes;
  if (bytes.length > 0 && type === undefined) throw new Problem('content-type-unsupported', 'There is no Content-Type');
  const value = bytes.length === 0 && route.bodyOptional ? {} : parseStrictJson(bytes);
  return parsed(route.body!, value, (error) => {
    throw new Problem('request-invalid', '', { errors: fieldErrors(error) });
  });
}

function isJson(contentType: string, also: readonly string[] = []): boolean {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) return false;
  return type === 'application/json' || also.includes(type);
}

function parsed<S extends z.ZodType>(schema: S, value: unknown, refuse: (error: z.ZodError) => never): z.output<S> {
  const result = schema.safeParse(value);
  return result.success ? result.data : refuse(result.error);
}

function tokenOf(req: Request, { fromUi }: Route, { allowedOrigins }: Deps): string {
  const { authorization, cookie = '', origin } = req.headers;
  if (fromUi === 'with cookie' && authorization === undefined && origin && allowedOrigins.includes(origin)) {
    const found = cookie.split(';').find((pair) => pair.trim().startsWith(`${codecCookie}=`));
    if (found) return bearerOf(`Bearer ${found.trim().slice(codecCookie.length + 1)}`);
  }
  return bearerOf(authorization);
}

function allowUi(req: Request, res: Response, origins: readonly string[], methods: readonly string[]): void {
  const { origin } = req.headers;
  res.vary('origin');
  if (!origin || !origins.includes(origin)) return;
  res.set({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type,x-namespace,authorization',
    'access-control-allow-methods': methods.join(','),
    'access-control-max-age': '600',
  });
}

import type { Express, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { bearerOf, type Caller } from './authentication.ts';
import { checkType, readBody } from './body.ts';
import { callerOf } from './callers.ts';
import type { Deps } from './deps.ts';
import { addressOf, type BodyRoom, type CallerLimit, createBodyRooms, createCallerLimit } from './limits.ts';
import { requireScope } from './keys.ts';
import { fieldErrors, Problem } from './problems.ts';
import { type Answer, type Route, usualBodyLimit, type Who } from './route.ts';
import { isSameName } from '../rules/canonical.ts';
import { findHandoff } from '../store/handoffs.ts';
import { queuesLedBy } from '../store/members.ts';
import { codecCookie } from './routes/codec.ts';
import { parseStrictJson } from './strict-json.ts';
import { queuesOf } from '../systems/queues-of.ts';
import { hasAny, mayRequest } from './visibility.ts';

const noQuery = z.strictObject({});
const nobody: Caller = { person: '', roles: [] };

/** Serves every route of the table: who may call, what they sent, then the route's own answer. */
export function mount(app: Express, routes: readonly Route[], deps: Deps): void {
  const guard: Guard = { callers: createCallerLimit(deps.limits), rooms: createBodyRooms(deps.limits) };
  for (const [path, here] of Map.groupBy(routes, (one) => one.path)) {
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), serving(here, deps, guard));
  }
}

interface Guard {
  callers: CallerLimit;
  rooms(who: Route['who']): BodyRoom;
}

/** Whether a caller has one of a route's roles. */
export function mayCall(who: Route['who'], caller: Caller, definitions: Deps['definitions']): boolean {
  if (typeof who === 'string') return true;
  const all = Object.values(definitions);
  const groups = {
    queue: () => all.some((definition) => hasAny(caller, queuesOf(definition))),
    requester: () => all.some((definition) => mayRequest(definition, caller)),
    person: () => false,
    lead: () => false,
    'process-owner': () => all.some(({ owner }) => caller.roles.includes(owner)),
  };
  const isIn = (role: Who) => (role in groups ? groups[role as keyof typeof groups]() : caller.roles.includes(role));
  return who.some(isIn);
}

/** Throws `Problem`: `scope-missing` for a machine, `role-missing` for a person. */
async function admit(caller: Caller, route: Route, params: Record<string, string>, deps: Deps): Promise<void> {
  if (caller.scopes) return requireScope(caller, route);
  const may =
    mayCall(route.who, caller, deps.definitions) ||
    (await isGivenTo(caller, route, params, deps)) ||
    (await isLead(caller, route, deps));
  if (!may) throw new Problem('role-missing');
}

/** Whoever a handoff was given to by name may need no role at all. */
async function isGivenTo({ person }: Caller, { who }: Route, params: Record<string, string>, { pool }: Deps) {
  if (!Array.isArray(who) || !who.includes('person')) return false;
  return isSameName((await findHandoff(pool, params['handoffId'] ?? ''))?.person ?? null, person);
}

/** Whoever leads a queue may need no role either. */
const isLead = async ({ person }: Caller, { who }: Route, { pool }: Deps): Promise<boolean> =>
  Array.isArray(who) && who.includes('lead') && (await queuesLedBy(pool, person)).length > 0;

/** The methods of one path. */
function serving(here: readonly Route[], deps: Deps, { callers, rooms }: Guard): RequestHandler {
  const methods = here.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  const allow = [...methods, 'OPTIONS'].join(', ');
  return async (req, res) => {
    if (here.some(({ fromUi }) => fromUi)) allowUi(req, res, deps.allowedOrigins, methods);
    if (req.method === 'OPTIONS') return void res.set('allow', allow).status(204).end();
    const method = req.method === 'HEAD' ? 'get' : req.method.toLowerCase();
    const route = here.find((one) => one.method === method);
    if (!route) throw new Problem('method-not-allowed', `It takes ${allow}`, { headers: { allow } });

    const isOpen = route.who === 'open' || route.who === 'signed';
    const caller = isOpen ? nobody : await callerOf(tokenOf(req, route, deps), deps).catch(unknown(req, callers));
    await callers.count(caller.person || addressOf(req));
    const params = req.params as Record<string, string>;
    if (Object.values(params).some((value) => value.includes('\0'))) throw new Problem('path-invalid');
    await admit(caller, route, params, deps);
    const query = parsed(route.query ?? noQuery, req.query, (error) => {
      throw new Problem('query-invalid', '', { errors: fieldErrors(error, false) });
    });
    route.admit?.({ params, headers: req.headers }, deps);
    const room = rooms(route.who);
    try {
      const read = () => readBody(req, res, limitOf(route, params, deps), room);
      const body = route.body && (await bodyOf(route, req, read));
      await send(res, await route.answer({ caller, params, query, body: body as never, headers: req.headers }, deps));
    } finally {
      room.leave();
    }
  };
}

/** A token that is nobody's counts for the address that it came from; Baton's own or the issuer's failure for none. */
const unknown =
  (req: Request, callers: CallerLimit) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof Problem && error.code === 'unauthenticated') await callers.count(addressOf(req));
    throw error;
  };

async function send(res: Response, { status, headers = {}, body, write }: Answer): Promise<void> {
  res.status(status).set(headers);
  if (write) return write(res);
  if (body === undefined) res.end();
  else if (typeof body === 'string') res.send(body);
  else res.json(body);
}

const limitOf = ({ bodyLimit = usualBodyLimit }: Route, params: Record<string, string>, deps: Deps): number =>
  typeof bodyLimit === 'number' ? bodyLimit : bodyLimit(params, deps);

async function bodyOf(route: Route, req: Request, read: () => Promise<Uint8Array>): Promise<unknown> {
  checkType(route, req);
  const bytes = await read();
  if (bytes.length > 0 && req.headers['content-type'] === undefined)
    throw new Problem('content-type-unsupported', 'There is no Content-Type');
  if (route.asBytes) return bytes;
  const value = bytes.length === 0 && route.bodyOptional ? {} : parseStrictJson(bytes);
  return parsed(route.body!, value, (error) => {
    throw new Problem('request-invalid', '', { errors: fieldErrors(error) });
  });
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

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Pool } from 'pg';
import { z } from 'zod';
import { releaseClaimsOf } from '../../store/people.ts';
import { type Db, transaction } from '../../store/pool.ts';
import { lockProvisioning } from '../../store/scim-users.ts';
import type { Deps } from '../deps.ts';
import type { ProblemCode } from '../problems.ts';
import { type Answer, largeBodyLimit, type Route, route } from '../route.ts';
import { mediaType, scimProblem } from './errors.ts';
import type { Effects, Kind } from './kind.ts';
import { asQuery, listed, OfMany, OfOne, Search } from './list.ts';
import { patched } from './patch.ts';
import { readResource, type Resource } from './read.ts';
import { type Base, baseOf, isWanted, projected, shown, type Stored, versionOf, type Wanted } from './show.ts';

const Body = z.record(z.string(), z.unknown());
const type = mediaType;
const common = {
  who: [],
  scope: 'scim',
  answers: { 200: { description: 'As it is now', schema: Body, type } },
} as const;
const writing = { ...common, body: Body, alsoConsumes: [mediaType], bodyLimit: largeBodyLimit, query: OfOne } as const;
const refusals = ['not-found', 'version-other', 'scim-value-invalid'] satisfies ProblemCode[];
const ofWrites = ['scim-not-unique', 'scim-not-mutable'] satisfies ProblemCode[];

/** The calls about one kind of resource (RFC 7644, 3). */
export function routesOf(kind: Kind): Route[] {
  const { schema } = kind;
  const path = `/scim/v2/${schema.endpoint}` as const;
  const one = `${path}/{id}` as const;
  return [
    route({
      ...common,
      ...{ method: 'get', path, query: OfMany, summary: `${schema.endpoint} that are provisioned` },
      problems: ['scim-filter-invalid', 'scim-value-invalid'],
      answer: async ({ query, headers }, { pool }) => json(200, await listed(pool, [kind], query, baseOf(headers))),
    }),
    searchOf(path, [kind]),
    route({
      ...writing,
      ...{ method: 'post', path, summary: `Provision a ${schema.name}` },
      answers: { 201: { description: 'It is made', schema: Body, type } },
      problems: ['scim-value-invalid', ...ofWrites],
      async answer({ body, query, headers }, deps) {
        const id = randomUUID();
        await change(deps, (db) => kind.add(db, id, readResource(schema, body), deps));
        return whole(201, kind, await stored(deps.pool, kind, id), query, baseOf(headers));
      },
    }),
    route({
      ...common,
      ...{ method: 'get', path: one, query: OfOne, summary: `A ${schema.name}` },
      problems: ['not-found'],
      async answer({ params, query, headers }, { pool }) {
        const reads = kind.largest === undefined || isWanted(schema, kind.largest, query);
        const found = await stored(pool, kind, params['id']!, reads);
        if (headers['if-none-match'] === versionOf(found)) return { status: 304, headers: { etag: versionOf(found) } };
        return whole(200, kind, found, query, baseOf(headers));
      },
    }),
    ...[
      { method: 'put' as const, summary: `Replace a ${schema.name}`, next: (_: Resource, body: Resource) => body },
      {
        method: 'patch' as const,
        summary: `Change a ${schema.name}`,
        next: (before: Resource, body: Resource) => patched(schema, before, body),
      },
    ].map(({ next, ...more }) =>
      route({
        ...writing,
        ...more,
        path: one,
        problems: [...refusals, ...ofWrites, 'scim-path-invalid', 'scim-target-missing', 'scim-filter-invalid'],
        async answer({ params, body, query, headers }, deps) {
          const base = baseOf(headers);
          await change(deps, async (db) => {
            const before = await asRead(db, kind, params['id']!, headers);
            return kind.change(db, before, readResource(schema, next(kind.attributes(before, base), body)), deps);
          });
          return whole(200, kind, await stored(deps.pool, kind, params['id']!), query, base);
        },
      }),
    ),
    route({
      ...common,
      ...{ method: 'delete', path: one, summary: `Take a ${schema.name} away` },
      answers: { 204: { description: 'It is gone' } },
      problems: refusals,
      async answer({ params, headers }, deps) {
        await change(deps, async (db) => kind.remove(db, await asRead(db, kind, params['id']!, headers), deps));
        return { status: 204 };
      },
    }),
  ];
}

/** A list, asked for in a body: what a filter says need not stand in an address. */
export const searchOf = (path: `/scim/v2${string}`, kinds: readonly Kind[]): Route =>
  route({
    ...common,
    ...{ method: 'post', path: `${path}/.search`, summary: 'What is provisioned, asked for in a body' },
    ...{ body: Search, alsoConsumes: [mediaType] },
    problems: ['scim-filter-invalid', 'scim-value-invalid'],
    answer: async ({ body, headers }, { pool }) => json(200, await listed(pool, kinds, asQuery(body), baseOf(headers))),
  });

export const json = (status: number, body: Resource, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': mediaType, ...headers },
  body,
});

/** All or nothing, and one after the other; then the claims of those whose time here has ended go back to their queues. */
async function change({ pool }: Deps, body: (db: Db) => Promise<Effects>): Promise<void> {
  const { ended } = await transaction(pool, async (db) => {
    await lockProvisioning(db);
    return body(db);
  });
  if (ended !== undefined) await releaseClaimsOf(pool, ended);
}

/** Throws `Problem` `not-found`. */
async function stored(db: Db | Pool, kind: Kind, id: string, reads = true): Promise<Stored> {
  const [found] = await kind.find(db, new Map([['id', id]]), { skip: 0, take: 1, whole: reads });
  if (!found) throw scimProblem('not-found', `There is no ${kind.schema.name} ${id}`);
  return found;
}

/** As `stored`, if it is at the version that the caller read. Throws `Problem` `version-other`. */
async function asRead(db: Db, kind: Kind, id: string, headers: IncomingHttpHeaders): Promise<Stored> {
  const found = await stored(db, kind, id);
  const versions = headers['if-match']?.split(',').map((one) => one.trim()) ?? ['*'];
  if (versions.some((one) => one === '*' || one === versionOf(found))) return found;
  throw scimProblem('version-other', `It is at ${versionOf(found)}`);
}

function whole(status: number, kind: Kind, found: Stored, query: Wanted, base: Base): Answer {
  const resource = shown(kind.schema, found, kind.attributes(found, base), base);
  const location = `${base}/${kind.schema.endpoint}/${found.id}`;
  return json(status, projected(kind.schema, resource, query), { location, etag: versionOf(found) });
}

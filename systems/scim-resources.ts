import { z } from 'zod';
import { type Call, CannotTell } from './call.ts';
import { SystemRefused } from './errors.ts';
import type { CallOptions } from './http.ts';

/** SCIM is spoken in this type; there are servers that name it as plain JSON. */
export const mediaType = 'application/scim+json';

/** Null, an empty list and nothing at all are one: the attribute has no value (RFC 7643, 2.5). */
const optional = z.string().nullish();
const References = z
  .array(z.object({ value: optional, display: optional, type: optional }))
  .nullish()
  .transform((list) => list ?? []);
const Flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).nullish();

/** Attributes bear their names in small letters here: their case does not count (RFC 7643, 2.1). */
const User = z
  .object({ id: z.string(), username: optional, active: Flag, groups: References })
  .transform(({ id, username, active, groups }) => ({ id, name: username ?? null, active: active ?? true, groups }));
const Group = z
  .object({
    id: z.string(),
    displayname: optional,
    members: References,
    meta: z.object({ version: optional }).nullish(),
  })
  .transform(({ id, displayname, members, meta }) => ({
    ...{ id, name: displayname ?? null, members },
    version: meta?.version ?? null,
  }));
export type User = z.output<typeof User>;
export type Group = z.output<typeof Group>;

const Page = z.object({ totalresults: z.int().nullish(), resources: z.array(z.unknown()).nullish() });

interface Resources {
  Users: User;
  Groups: Group;
}
const schemas: { [Type in keyof Resources]: z.ZodType<Resources[Type]> } = { Users: User, Groups: Group };

const pageSize = 100;

/** What a directory over SCIM 2.0 holds. */
export type Resource = ReturnType<typeof resourcesOver>;

export function resourcesOver(call: Call, headers: Record<string, string>) {
  const get = async <Value>(system: string, path: string, schema: z.ZodType<Value>, options: CallOptions) =>
    held(system, schema, smallNamed(await call(system, { method: 'GET', path, headers }, options)));

  return {
    group: (system: string, id: string, options: CallOptions): Promise<Group> =>
      get(system, `/Groups/${encodeURIComponent(id)}`, schemas.Groups, options),

    /** All that the filter lets through, page by page: a server may give fewer at once than it was asked for. */
    async list<Type extends keyof Resources>(
      [system, type]: [system: string, type: Type],
      query: { filter?: string; excludedAttributes?: string },
      options: CallOptions,
    ): Promise<Resources[Type][]> {
      const all = new Map<string, Resources[Type]>();
      for (let [startIndex, count] = [1, pageSize]; ;) {
        const asked = new URLSearchParams({ ...query, startIndex: String(startIndex), count: String(count) });
        const path = `/${type}?${asked.toString().replaceAll('+', '%20')}`;
        const page = await get(system, path, Page, options).catch((error: unknown) => {
          if (isTooLarge(error) && count > 1) return undefined;
          throw error;
        });
        if (page === undefined) {
          count = Math.ceil(count / 4);
          continue;
        }
        const found = (page.resources ?? []).map((resource) => held(system, schemas[type], resource));
        const before = all.size;
        for (const resource of found) all.set(resource.id, resource);
        if (found.length === 0 || all.size >= (page.totalresults ?? Infinity)) return [...all.values()];
        if (all.size === before && page.totalresults == null) return [...all.values()];
        if (all.size === before)
          throw new SystemRefused(system, 'answer-invalid', `${system}: every page of ${type} is the same`);
        startIndex += found.length;
      }
    },
  };
}

const isTooLarge = (error: unknown) => error instanceof SystemRefused && error.code === 'too-large';

/** What servers answer to a filter that they do not have. */
const noSuchFilter = [400, 403, 404, 405];
export const isNoFilter = (error: unknown): boolean =>
  error instanceof CannotTell || (error instanceof SystemRefused && noSuchFilter.includes(error.status ?? 0));

export function held<Value>(system: string, schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SystemRefused(system, 'answer-invalid', `${system}: ${z.prettifyError(parsed.error)}`);
}

const corePrefix = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/;

/** Names of attributes in small letters, and without the name of the schema that they are of. */
function smallNamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(smallNamed);
  if (typeof value !== 'object' || value === null) return value;
  const named = Object.entries(value).map(([name, held]) => [
    name.toLowerCase().replace(corePrefix, ''),
    smallNamed(held),
  ]);
  return Object.fromEntries(named) as unknown;
}

/** A string in a filter is one of JSON. */
export const quoted = (value: string): string => JSON.stringify(value);

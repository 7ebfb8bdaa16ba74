import type { IncomingHttpHeaders } from 'node:http';
import { pathOf } from './filter.ts';
import type { Resource } from './read.ts';
import { attributeNamed, attributesOf, type Schema } from './schemas.ts';

/** Which attributes are answered: `attributes` names all that are, or `excludedAttributes` those that are not. */
export interface Wanted {
  attributes?: string | undefined;
  excludedAttributes?: string | undefined;
}

/** What every stored resource has. */
export interface Stored {
  id: string;
  version: number;
  createdAt: Date;
  modifiedAt: Date;
}

/** Where a client finds this API, by how it called it. */
export type Base = string;
export const baseOf = (headers: IncomingHttpHeaders): Base =>
  `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${headers.host ?? 'localhost'}/scim/v2`;

export const versionOf = ({ version }: Pick<Stored, 'version'>): string => `W/"${version}"`;

/** A resource as it is answered. */
export function shown(schema: Schema, stored: Stored, attributes: Resource, base: Base): Resource {
  const { id, createdAt, modifiedAt } = stored;
  return {
    schemas: [schema.id],
    id,
    ...attributes,
    meta: {
      resourceType: schema.name,
      created: createdAt.toISOString(),
      lastModified: modifiedAt.toISOString(),
      location: `${base}/${schema.endpoint}/${id}`,
      version: versionOf(stored),
    },
  };
}

/** The attributes that a caller wants to see; those that are always returned are there in any case. */
export function projected(schema: Schema, resource: Resource, { attributes, excludedAttributes }: Wanted): Resource {
  if (attributes) return only(schema, resource, namesIn(schema, attributes));
  return excludedAttributes ? without(schema, resource, namesIn(schema, excludedAttributes)) : resource;
}

/** Whether an attribute may be answered at all, so that it need not be read otherwise. */
export const isWanted = (schema: Schema, name: string, { attributes, excludedAttributes }: Wanted): boolean =>
  attributes
    ? namesIn(schema, attributes).some(([one]) => one === name)
    : !namesIn(schema, excludedAttributes ?? '').some(([one, sub]) => one === name && sub === undefined);

/** As attributes are spelled here; what is none is left out. */
function namesIn(schema: Schema, list: string): [name: string, sub: string | undefined][] {
  return list.split(',').flatMap((given) => {
    const [name = '', sub] = pathOf(given.trim()) ?? [];
    const attribute = attributeNamed(attributesOf(schema), name);
    if (!attribute) return [];
    return [[attribute.name, sub && attributeNamed(attribute.subAttributes ?? [], sub)?.name]];
  });
}

const isAlways = (schema: Schema, name: string) =>
  name === 'schemas' || attributesOf(schema).find((one) => one.name === name)?.returned === 'always';

function only(schema: Schema, resource: Resource, names: [string, string | undefined][]): Resource {
  return entriesOf(resource, (name, value) => {
    const subs = names.filter(([one]) => one === name).map(([, sub]) => sub);
    if (isAlways(schema, name) || subs.includes(undefined)) return value;
    return subs.length === 0 ? undefined : below(value, (sub) => subs.includes(sub));
  });
}

function without(schema: Schema, resource: Resource, names: [string, string | undefined][]): Resource {
  return entriesOf(resource, (name, value) => {
    const subs = names.filter(([one]) => one === name).map(([, sub]) => sub);
    if (isAlways(schema, name) || subs.length === 0) return value;
    return subs.includes(undefined) ? undefined : below(value, (sub) => !subs.includes(sub));
  });
}

const entriesOf = (resource: Resource, valueOf: (name: string, value: unknown) => unknown): Resource =>
  Object.fromEntries(
    Object.entries(resource)
      .map(([name, value]) => [name, valueOf(name, value)] as const)
      .filter(([, value]) => value !== undefined),
  );

function below(value: unknown, keeps: (sub: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => below(one, keeps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => keeps(name)));
}

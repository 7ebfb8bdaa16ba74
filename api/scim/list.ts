import { z } from 'zod';
import type { Pool } from 'pg';
import { valueInvalid } from './errors.ts';
import { type Filter, parseFilter } from './filter.ts';
import type { Kind, Lookup, Slice } from './kind.ts';
import { asksAbout, equalities, matches } from './match.ts';
import type { Resource } from './read.ts';
import { attributesOf } from './schemas.ts';
import { type Base, isWanted, projected, shown, type Wanted } from './show.ts';

const Projection = {
  attributes: z.string().max(2_000).optional().describe('Those attributes only'),
  excludedAttributes: z.string().max(2_000).optional().describe('All but those attributes'),
};
/** What a client asks beside is left aside, as for sorting. */
export const OfOne = z.looseObject(Projection);
export const OfMany = z.looseObject({
  ...Projection,
  filter: z.string().max(4_000).optional().describe('Such as `userName eq "ida"`'),
  startIndex: z.string().optional().describe('The first, from 1 on'),
  count: z.string().optional().describe('How many at most'),
});

/** The same, asked in a body (RFC 7644, 3.4.3). */
const Names = z.array(z.string().max(200)).max(100).optional();
const Whole = z.int().optional();
export const Search = z.looseObject({
  ...{ attributes: Names, excludedAttributes: Names, startIndex: Whole, count: Whole, filter: OfMany.shape.filter },
});
export const asQuery = ({ attributes, excludedAttributes, startIndex, count, filter }: z.output<typeof Search>) => ({
  ...{ attributes: attributes?.join(','), excludedAttributes: excludedAttributes?.join(','), filter },
  ...{ startIndex: startIndex?.toString(), count: count?.toString() },
});

export const mostAtOnce = 500;
const usually = 100;

/** A page of resources (RFC 7644, 3.4.2), of one kind after the other. Throws `Problem`: `scim-filter-invalid`, `scim-value-invalid`. */
export async function listed(
  pool: Pool,
  kinds: readonly Kind[],
  query: z.output<typeof OfMany>,
  base: Base,
): Promise<Resource> {
  const startIndex = Math.max(1, whole(query.startIndex, 'startIndex') ?? 1);
  const count = Math.min(mostAtOnce, Math.max(0, whole(query.count, 'count') ?? usually));
  const filter = query.filter ? parseFilter(query.filter) : undefined;
  const found: Resource[] = [];
  let total = 0;
  for (const kind of kinds) {
    const skip = Math.max(0, startIndex - 1 - total);
    const page = { skip, take: count - found.length, whole: readsLargest(kind, query, filter) };
    const part = await (filter ? filtered(pool, kind, filter, page, base) : all(pool, kind, page, base));
    found.push(...part.found.map((one) => projected(kind.schema, one, query)));
    total += part.total;
  }
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    ...{ totalResults: total, startIndex, itemsPerPage: found.length, Resources: found },
  };
}

const readsLargest = ({ schema, largest }: Kind, query: Wanted, filter: Filter | undefined): boolean =>
  largest === undefined || isWanted(schema, largest, query) || (filter !== undefined && asksAbout(filter, largest));

interface Page extends Slice {
  take: number;
}

const all = async (pool: Pool, kind: Kind, page: Page, base: Base) => ({
  found: await shownFrom(pool, kind, new Map(), page, base),
  total: await kind.count(pool, new Map()),
});

const shownFrom = async (pool: Pool, kind: Kind, lookup: Lookup, page: Slice, base: Base) =>
  (await kind.find(pool, lookup, page)).map((one) => shown(kind.schema, one, kind.attributes(one, base), base));

/** What can be looked up is; what is found so is held to the whole filter. */
async function filtered(pool: Pool, kind: Kind, filter: Filter, page: Page, base: Base) {
  const isLookup = (one: [string, unknown]): one is [string, string] =>
    typeof one[1] === 'string' && kind.lookups.includes(one[0]);
  const lookup = new Map([...equalities(filter)].filter(isLookup));
  const looked = await shownFrom(pool, kind, lookup, { ...page, skip: 0, take: null }, base);
  const attributes = attributesOf(kind.schema);
  const found = looked.filter((one) => matches(filter, one, attributes));
  return { found: found.slice(page.skip, page.skip + page.take), total: found.length };
}

function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(text)) throw valueInvalid(`${name} must be a whole number`);
  return Number(text);
}

import type { Db } from '../../store/pool.ts';
import type { Deps } from '../deps.ts';
import type { Resource } from './read.ts';
import type { Schema } from './schemas.ts';
import type { Base, Stored } from './show.ts';

/** What a filter says must be equal, by path in small letters. */
export type Lookup = ReadonlyMap<string, string>;

/** A part of the list, and whether an attribute is read that may hold very many values. */
export interface Slice {
  skip: number;
  take: number | null;
  whole: boolean;
}

/** One kind of resource, as the routes of any kind need it. Those that write run in a transaction that holds off all others. */
export interface Kind<One extends Stored = Stored> {
  schema: Schema;
  /** The attribute that may hold very many values. */
  largest?: string;
  /** The paths by which it is looked up. */
  lookups: readonly string[];
  find(db: Db, lookup: Lookup, slice: Slice): Promise<One[]>;
  count(db: Db, lookup: Lookup): Promise<number>;
  /** Its attributes, without what every resource has. */
  attributes(stored: One, base: Base): Resource;
  /** Throws `Problem`: `scim-not-unique`, `scim-value-invalid`. */
  add(db: Db, id: string, resource: Resource, deps: Deps): Promise<Effects>;
  /** Throws `Problem`: `scim-not-unique`, `scim-value-invalid`, `scim-not-mutable`. */
  change(db: Db, stored: One, resource: Resource, deps: Deps): Promise<Effects>;
  remove(db: Db, stored: One, deps: Deps): Promise<Effects>;
}

/** What is to be done once it is committed. */
export interface Effects {
  /** Whose time here has ended. */
  ended?: string;
}

/** Checks a kind against its own store, then forgets that, so that the routes of any kind are the same. */
export const kind = <One extends Stored>(declared: Kind<One>): Kind => declared as unknown as Kind;

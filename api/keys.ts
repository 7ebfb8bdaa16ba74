import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { findKey, noteUse } from '../store/keys.ts';
import type { Caller } from './authentication.ts';
import { Problem } from './problems.ts';
import type { Route } from './route.ts';

/** What a key may be for; all but `scim` are said for one process: `cases.start:refund`. */
export const scopes = ['cases.start', 'cases.read', 'events.send', 'scim'] as const;
export type Scope = (typeof scopes)[number];

/** No JWT begins so. */
const form = /^baton_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
export const isKey = (token: string): boolean => token.startsWith('baton_');

/** A key as its bearer has it, and what of it is kept. */
export interface NewSecret {
  id: string;
  token: string;
  hash: Buffer;
}

export function newSecret(id = randomBytes(8).toString('hex')): NewSecret {
  const secret = randomBytes(32).toString('base64url');
  return { id, token: `baton_${id}_${secret}`, hash: hashOf(secret) };
}

/** 256 bits of chance need no slow hash. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** How a key is called as a requester. */
export const keyName = (name: string) => `key:${name}`;

/** Asks the store each time, so that a key that was revoked is none at once. Throws `Problem` `unauthenticated`. */
export async function callerByKey(pool: Pool, token: string): Promise<Caller> {
  const [, id = '', secret = ''] = form.exec(token) ?? [];
  const found = id === '' ? undefined : await findKey(pool, id);
  const hash = hashOf(secret);
  if (!found?.hashes.map((kept) => timingSafeEqual(kept, hash)).includes(true)) throw unknownKey();
  if (found.isDue) await noteUse(pool, id);
  return { person: keyName(found.name), roles: [], scopes: found.scopes };
}

const unknownKey = () =>
  new Problem('unauthenticated', 'This key is not known, has expired or was revoked', {
    headers: { 'www-authenticate': 'Bearer realm="baton", error="invalid_token"' },
  });

/** Whether a machine may do this; with a process. */
export const hasScope = ({ scopes = [] }: Caller, scope: Scope, process: string): boolean =>
  scopes.includes(`${scope}:${process}`);

/** Throws `Problem` `scope-missing` unless the caller's key is for such a route. */
export function requireScope({ scopes = [] }: Caller, { scope }: Pick<Route, 'scope'>): void {
  if (scope && scopes.some((one) => one === scope || one.startsWith(`${scope}:`))) return;
  throw new Problem('scope-missing', scope ? `It takes a key with the scope ${scope}` : 'It takes no key');
}

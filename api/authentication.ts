import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { Problem } from './problems.ts';

/** Who calls, as their token says. */
export interface Caller {
  /** The token's `sub`. */
  person: string;
  roles: readonly string[];
}

/** Throws `Problem`: `unauthenticated`, or `unavailable` when the issuer cannot be asked for its keys. */
export type Verify = (token: string) => Promise<Caller>;

/** Signatures by key pairs only: a token signed with a shared secret is nobody's in particular. */
const algorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'PS384', 'RS256', 'RS384', 'RS512'];

const Claims = z.object({ sub: text(200).min(1), roles: z.array(text(100).min(1)).max(200), exp: z.number() });
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const rememberedMs = 60_000;
const rememberedTokens = 1_000;

/** A verifier of tokens that `issuer` signed with the keys it publishes. A token that passed is remembered for a minute. */
export function createVerifier(issuer: () => string, keys: () => Promise<JWTVerifyGetKey>): Verify {
  const remembered = new Map<string, { caller: Caller; until: number }>();
  return async (token) => {
    const known = remembered.get(token);
    if (known && known.until > Date.now()) return known.caller;
    const { sub: person, roles, exp } = await claimsOf(token, issuer(), keys);
    const caller = { person, roles };
    if (remembered.size >= rememberedTokens) remembered.clear();
    remembered.set(token, { caller, until: Math.min(exp * 1_000, Date.now() + rememberedMs) });
    return caller;
  };
}

/** Finds the issuer's keys through its discovery document, when the first token comes. */
export function verifierOf(issuer: string): Verify {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const discover = async () => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const document = Discovery.parse(await response.json());
    if (document.issuer !== issuer) throw new Error(`${url} is about another issuer`);
    return createRemoteJWKSet(new URL(document.jwks_uri));
  };
  return createVerifier(
    () => issuer,
    () => {
      found ??= discover();
      found.catch(() => (found = undefined));
      return found;
    },
  );
}

async function claimsOf(token: string, issuer: string, keys: () => Promise<JWTVerifyGetKey>) {
  let payload: JWTPayload;
  try {
    const options = { issuer, algorithms, requiredClaims: ['sub', 'exp', 'roles'] };
    ({ payload } = await jwtVerify(token, await keys(), options));
  } catch (error) {
    throw isTokensFault(error) ? refused(error.message) : new Problem('unavailable', 'The identity provider');
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw refused('"sub" must be text and "roles" a list of texts');
  return claims.data;
}

const tokensFault = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];
const isTokensFault = (error: unknown): error is Error => tokensFault.some((fault) => error instanceof fault);

const refused = (why: string) =>
  new Problem('unauthenticated', why, {
    headers: { 'www-authenticate': 'Bearer realm="baton", error="invalid_token"' },
  });

/** The bearer token of an `Authorization` header. Throws `unauthenticated` when there is none. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token) return token;
  throw new Problem('unauthenticated', '', { headers: { 'www-authenticate': 'Bearer realm="baton"' } });
}

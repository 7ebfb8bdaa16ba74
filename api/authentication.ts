import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { clockSkew, requireAccessToken } from './access-token.ts';
import { isPerson } from '../store/requester.ts';
import { type Discover, discoveryOf } from './discovery.ts';
import { Problem } from './problems.ts';
import { type RoleMapping, rolesBy, valuesOf } from './role-mapping.ts';
import { forMachines } from './sentences.ts';

/** Who calls. */
export interface Caller {
  /** What a token says in `personClaim`; `key:<name>` for a machine. */
  person: string;
  roles: readonly string[];
  /** When the token was issued, in seconds since 1970. */
  issuedAt?: number;
  /** Of a machine: what its key is for. */
  scopes?: readonly string[];
}

/** Which tokens count, and what they say about roles. */
export interface Trust {
  issuer: string;
  /** What the issuer calls Baton: a token for others only is no token here. */
  audience: string;
  /** The issuer signs for nobody but Baton, so that a token without an audience is for Baton. */
  signsForUsAlone?: boolean;
  /** The claim that names the person. */
  personClaim?: string;
  /** The claim that holds roles: its name, or a path such as `realm_access.roles`; `null`: a token says nothing about roles. */
  rolesClaim: string | null;
  roles: RoleMapping;
}

/** Throws `Problem`: `unauthenticated`, or `unavailable` when the issuer cannot be asked for its keys. */
export type Verify = (token: string) => Promise<Caller>;

/** Signatures by key pairs only: a token signed with a shared secret is nobody's in particular. */
const algorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'PS384', 'RS256', 'RS384', 'RS512'];

const Subject = text(200).min(1).refine(isPerson);
const Claims = z.object({ person: Subject, exp: z.number(), iat: z.number().optional() });

const rememberedMs = 60_000;
const rememberedTokens = 1_000;

/** A verifier of access tokens that are for Baton, signed with the issuer's `keys`. A token that passed is remembered for a minute. */
export function createVerifier(trust: () => Trust, keys: () => Promise<JWTVerifyGetKey>): Verify {
  const remembered = new Map<string, { caller: Caller; until: number }>();
  return async (token) => {
    const known = remembered.get(token);
    if (known && known.until > Date.now()) return known.caller;
    const { exp, ...caller } = await callerOf(token, trust(), keys);
    if (remembered.size >= rememberedTokens) remembered.clear();
    remembered.set(token, { caller, until: Math.min(exp * 1_000, Date.now() + rememberedMs) });
    return caller;
  };
}

/** Finds the issuer's keys through its discovery document, when the first token comes. */
export function verifierOf(trust: Trust, discover: Discover = discoveryOf(trust.issuer)): Verify {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const keysAt = async () => createRemoteJWKSet(new URL((await discover()).jwks_uri));
  return createVerifier(
    () => trust,
    () => {
      found ??= keysAt();
      found.catch(() => (found = undefined));
      return found;
    },
  );
}

async function callerOf(token: string, trust: Trust, keys: () => Promise<JWTVerifyGetKey>) {
  const { issuer, personClaim = 'sub', rolesClaim, roles } = trust;
  let payload: JWTPayload;
  try {
    const options = { issuer, algorithms, requiredClaims: ['sub', 'exp'], clockTolerance: clockSkew };
    const verified = await jwtVerify(token, await keys(), options);
    ({ payload } = verified);
    requireAudience(payload, trust);
    requireAccessToken(verified.protectedHeader, payload);
  } catch (error) {
    throw isTokensFault(error) ? refused(error.message) : new Problem('unavailable', 'The identity provider');
  }
  const claims = Claims.safeParse({ ...payload, person: payload[personClaim] });
  const values = rolesClaim === null ? [] : valuesOf(payload, rolesClaim);
  if (!claims.success) throw refused(`"${personClaim}" must be a person's name`);
  if (!values) throw refused(`"${rolesClaim}" must be a list of texts`);
  const { person, exp, iat } = claims.data;
  return { person, exp, roles: rolesBy(roles, values), ...(iat === undefined ? {} : { issuedAt: iat }) };
}

function requireAudience(payload: JWTPayload, { audience, signsForUsAlone }: Trust): void {
  const { aud = signsForUsAlone ? audience : [] } = payload;
  if ([aud].flat().includes(audience)) return;
  throw new errors.JWTClaimValidationFailed('It is not for Baton: "aud" must hold its name', payload, 'aud');
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
  new Problem('unauthenticated', forMachines(why), {
    headers: { 'www-authenticate': 'Bearer realm="baton", error="invalid_token"' },
  });

/** The bearer token of an `Authorization` header. Throws `unauthenticated` when there is none. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token) return token;
  throw new Problem('unauthenticated', '', { headers: { 'www-authenticate': 'Bearer realm="baton"' } });
}

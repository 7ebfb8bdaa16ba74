import { errors, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** How far an issuer's clock and ours may be apart, in seconds. */
export const clockSkew = 30;

/** What a token's header may call it: an access token by RFC 9068, or what says nothing. */
const headerTypes = ['at+jwt', 'jwt'];

/** Claims that no access token has, and what has them. */
const otherTokens: Record<string, string> = {
  ...{ nonce: 'an ID token', at_hash: 'an ID token', c_hash: 'an ID token', s_hash: 'an ID token' },
  ...{ events: 'a logout token or another notice', toe: 'a logout token or another notice' },
  ati: 'a refresh token',
  ...{ htm: 'a proof of possession', htu: 'a proof of possession' },
  ...{ response_type: 'a request to sign in', redirect_uri: 'a request to sign in' },
};

/** Claims by which Keycloak, Cognito and others say what a token is. */
const kindClaims = ['typ', 'token_use', 'tokenUse', 'token_type', 'tokenType'];
const accessKind = /^(jwt|bearer|access([-_ ]?token)?|(application\/)?at\+jwt)$/i;
/** Claims that may say so, or something else altogether. */
const looseClaims = ['type', 'use', 'kind', 'purpose'];
const otherKind = /^((id|refresh|offline|logout|session)([-_ ]?token)?)$/i;
/** Claims about how somebody signed in. With nothing about access beside them, the sign-in is what the token is about. */
const signInClaims = ['auth_time', 'amr', 'acr', 'sid', 'email_verified', 'preferred_username', 'nickname'];

/** What a token says of itself. */
interface Signs {
  /** By its header. */
  type: string | undefined;
  /** The claims by which it names its kind. */
  kinds: string[];
  scopes: string[];
  payload: JWTPayload;
}

/**
 * Throws jose's `JWTClaimValidationFailed` unless a token, whose signature, issuer and audience are right, is an access token by
 * its header and its claims (RFC 9068 §4, RFC 8725 §3.11), and was not issued in the future.
 */
export function requireAccessToken(header: JWTHeaderParameters, payload: JWTPayload): void {
  const kinds = has(payload, kindClaims);
  const signs = { type: typeOf(header.typ), kinds, scopes: scopesOf(payload), payload };
  const why = otherKindOf(signs) ?? signInOf(signs) ?? renewalOf(signs);
  if (why !== undefined) throw fault(payload, `It is no access token: ${why}`);
  if (payload.iat !== undefined && payload.iat > Date.now() / 1_000 + clockSkew)
    throw fault(payload, '"iat" is in the future');
}

const fault = (payload: JWTPayload, message: string) => new errors.JWTClaimValidationFailed(message, payload);

const has = (payload: JWTPayload, claims: readonly string[]) => claims.filter((claim) => Object.hasOwn(payload, claim));

/** A media type, where `application/` may be left out; `jwt` when the header says nothing. */
function typeOf(typ: unknown = 'jwt'): string | undefined {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
}

const scopesOf = ({ scope, scp }: JWTPayload): string[] =>
  [scope, scp]
    .flat()
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.toLowerCase().split(/\s+/))
    .filter(Boolean);

function otherKindOf({ type, kinds, payload }: Signs): string | undefined {
  if (type === undefined || !headerTypes.includes(type)) return 'its header names another type';
  const [other] = has(payload, Object.keys(otherTokens));
  if (other !== undefined) return `"${other}" makes it ${otherTokens[other]}`;
  const named = kinds.filter((claim) => !accessKind.test(String(payload[claim])));
  const hinted = looseClaims.filter((claim) => otherKind.test(String(payload[claim])));
  const [says] = [...named, ...hinted];
  return says && `"${says}" says so`;
}

/** An ID token may lack every sign of one. Its client is its audience, so that a client's name alone says nothing. */
function signInOf({ type, kinds, scopes, payload }: Signs): string | undefined {
  const saysAccess = type === 'at+jwt' || kinds.length > 0 || scopes.length > 0;
  if (!saysAccess && has(payload, ['client_id', 'appid', 'cid']).length === 0) {
    const [about] = has(payload, signInClaims);
    if (about !== undefined) return `"${about}" and nothing about access make it an ID token`;
  }
  // Microsoft's access tokens name their client; its ID tokens do not.
  const isFromEntra = payload['tid'] !== undefined && ['1.0', '2.0'].includes(String(payload['ver']));
  return isFromEntra && has(payload, ['azp', 'appid']).length === 0 ? 'no client is named' : undefined;
}

/** An access token may list `offline_access` among what was granted; a refresh token is for nothing else. */
function renewalOf({ type, kinds, scopes, payload }: Signs): string | undefined {
  const onlyRenews = 'it only renews others';
  if (scopes.some((scope) => /^(role_)?refresh([-_]?token)?$/.test(scope))) return onlyRenews;
  if (!scopes.includes('offline_access')) return undefined;
  const named = has(payload, ['client_id', 'azp', 'appid', 'cid']).length > 0;
  const saysAccess = type === 'at+jwt' || kinds.length > 0 || named;
  return saysAccess && scopes.some((scope) => scope !== 'offline_access') ? undefined : onlyRenews;
}

import assert from 'node:assert/strict';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createVerifier, type Trust } from '../../api/authentication.ts';
import { roleMappingOf } from '../../api/role-mapping.ts';

const issuer = 'https://id.example/realms/shop';
const trust: Trust = {
  ...{ issuer, audience: 'baton', rolesClaim: 'roles' },
  roles: roleMappingOf({ 'baton-admins': ['admin'], 'shop-backend': ['system', 'finance'] }),
};
/** Instants are in seconds from now. */
const good = { iss: issuer, sub: 'amos', aud: 'baton', exp: 600, roles: ['baton-admins'] };
const instants = ['exp', 'nbf', 'iat'];

const { publicKey, privateKey } = await generateKeyPair('ES256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
const sign = (claims: JWTPayload, header: object = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k', ...header }).sign(privateKey);

/** The caller's roles, or the code of the refusal. */
async function said(claims: object, header: object = {}, more: Partial<Trust> = {}): Promise<string> {
  const verify = createVerifier(
    () => ({ ...trust, ...more }),
    () => Promise.resolve(keys),
  );
  const now = Math.floor(Date.now() / 1_000);
  const present = Object.entries({ ...good, ...claims })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, instants.includes(name) && typeof value === 'number' ? now + value : value]);
  const token = await sign(Object.fromEntries(present), header);
  return verify(token).then(
    ({ roles }) => roles.join(' '),
    (error: { code: string }) => error.code,
  );
}

const inKeycloak = { azp: 'console', typ: 'Bearer', acr: '1', sid: 's', scope: 'openid email', allowed_origins: [] };
const inEntra = { ver: '2.0', tid: 't', oid: 'o', azp: 'console', azpacr: '1', scp: 'cases' };
const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** By what each token is: its claims, and its header. */
const taken: Record<string, [object, object?]> = {
  'plain claims': [{}],
  'the type JWT': [{}, { typ: 'JWT' }],
  'the type of RFC 9068': [{ client_id: 'console', jti: '1', iat: 0, acr: '1' }, { typ: 'at+jwt' }],
  'that type in full': [{}, { typ: 'application/at+jwt' }],
  'that type in capitals': [{}, { typ: 'AT+JWT' }],
  'several audiences': [{ aud: ['account', 'baton'] }],
  'an access token of Keycloak': [inKeycloak, { typ: 'JWT' }],
  'an access token that lists offline access': [{ ...inKeycloak, scope: 'openid offline_access' }],
  'an access token of Cognito': [{ token_use: 'access', client_id: 'c', scope: 'cases' }],
  'an access token of Entra': [inEntra, { typ: 'JWT' }],
  'an access token of Okta': [{ ver: 1, cid: 'console', uid: 'u', scp: ['cases', 'offline_access'] }],
  'an access token that says how somebody signed in': [{ client_id: 'console', auth_time: 1, acr: '1', sid: 's' }],
  'an access token of Auth0': [
    { azp: 'c', scope: 'openid email', gty: 'password', aud: ['baton', 'https://x.example'] },
  ],
  'a token with an address': [{ email: 'amos@mail.example', name: 'Amos' }],
  'an access token of Simple JWT': [{ token_type: 'access', jti: 'j' }],
  'a claim type that is about something else': [{ type: 'user', use: 'cases' }],
  'a clock that is behind': [{ exp: -20 }],
  'a clock that is ahead': [{ nbf: 20, iat: 20 }],
};

const refused: Record<string, [object, object?]> = {
  'for another application': [{ aud: 'lunch-menu' }],
  'for nobody': [{ aud: undefined }],
  'for an empty list': [{ aud: [] }],
  'for a name that begins like ours': [{ aud: 'baton-staging' }],
  'for our name in capitals': [{ aud: 'Baton' }],
  'for our name within a text': [{ aud: 'lunch-menu baton' }],
  'from another issuer': [{ iss: 'https://id.example/realms/lunch' }],
  'from the issuer with a slash more': [{ iss: `${issuer}/` }],
  'an ID token by its nonce': [{ nonce: 'n' }],
  'an ID token by the hash of its access token': [{ at_hash: 'x', azp: 'baton' }],
  'an ID token by the hash of its code': [{ c_hash: 'x' }],
  'an ID token under the type of an access token': [{ nonce: 'n' }, { typ: 'at+jwt' }],
  'an ID token of Keycloak': [{ ...inKeycloak, typ: 'ID' }],
  'an ID token of Cognito': [{ token_use: 'id', 'cognito:username': 'amos' }],
  'an ID token of Entra that has no nonce': [{ ver: '2.0', tid: 't', oid: 'o', preferred_username: 'amos' }],
  'an ID token of Auth0, its client named as we are': [{ sid: 's', nickname: 'amos', email: 'amos@mail.example' }],
  'an ID token of Google': [{ azp: 'baton', email: 'amos@mail.example', email_verified: true }],
  'an ID token that says how somebody signed in': [{ azp: 'baton', auth_time: 1, amr: ['pwd'] }],
  'a logout token by its type': [{}, { typ: 'logout+jwt' }],
  'a logout token by its events': [{ events: logout }],
  'a logout token of Keycloak': [{ typ: 'Logout', sid: 's' }, { typ: 'JWT' }],
  'a security event': [{ events: {} }, { typ: 'secevent+jwt' }],
  'a refresh token of Keycloak': [{ ...inKeycloak, typ: 'Refresh' }, { typ: 'JWT' }],
  'an offline token of Keycloak': [{ ...inKeycloak, typ: 'Offline', scope: 'openid offline_access' }],
  'a refresh token of Simple JWT': [{ token_type: 'refresh', jti: 'j' }],
  'a refresh token of Flask': [{ type: 'refresh', fresh: false }],
  'a refresh token of Spring': [{ ati: 'a', scope: ['cases'] }],
  'a refresh token by its use': [{ token_use: 'refresh', client_id: 'c' }],
  'a refresh token by its scope': [{ scope: 'REFRESH_TOKEN', client_id: 'c' }],
  'a token for offline access and nothing else': [{ scope: 'offline_access', client_id: 'c' }],
  'offline access without a sign of access': [{ scope: 'openid offline_access' }],
  'a kind that is no text': [{ typ: ['ID'] }],
  'a proof of possession': [{ htm: 'GET', htu: 'https://baton.example', jti: 'j' }, { typ: 'dpop+jwt' }],
  'a proof of possession without its type': [{ htm: 'GET', htu: 'https://baton.example' }],
  'a signed request to sign in': [{ response_type: 'code', redirect_uri: 'https://x.example' }],
  'a type nobody knows': [{}, { typ: 'note+jwt' }],
  'without an end': [{ exp: undefined }],
  'with an end that is text': [{ exp: '4102444800' }],
  'past its end by more than clocks may differ': [{ exp: -40 }],
  'before its time by more than clocks may differ': [{ nbf: 60 }],
  'issued in the future': [{ iat: 60 }],
  'issued at no time': [{ iat: 'yesterday' }],
  'of nobody': [{ sub: undefined }],
  'of an empty name': [{ sub: '' }],
  'in the name of a webhook': [{ sub: 'hook:peppol' }],
  'in the name of a schedule': [{ sub: 'schedule:service-renewal' }],
  'in the name of whoever starts without the API': [{ sub: 'temporal-client' }],
  'without roles': [{ roles: undefined }],
  'with roles that are no texts': [{ roles: [1] }],
};

describe('a token', () => {
  for (const [name, [claims, header]] of Object.entries(taken)) {
    it(`counts: ${name}`, async () => assert.equal(await said(claims, header), 'admin'));
  }
  for (const [name, [claims, header]] of Object.entries(refused)) {
    it(`does not count: ${name}`, async () => assert.equal(await said(claims, header), 'unauthenticated'));
  }
});

describe('the roles of a token', () => {
  const roles = (value: unknown, rolesClaim = 'roles') =>
    said({ roles: undefined, ...(value as object) }, {}, { rolesClaim });
  const list = ['baton-admins'];
  const paths: [claim: string, where: object, roles: string][] = [
    ['groups', { groups: list }, 'admin'],
    ['realm_access.roles', { realm_access: { roles: list } }, 'admin'],
    ['resource_access.baton.roles', { resource_access: { baton: { roles: list } } }, 'admin'],
    ['resource_access.baton.example.roles', { resource_access: { 'baton.example': { roles: list } } }, 'admin'],
    ['https://baton.example/roles', { 'https://baton.example/roles': list }, 'admin'],
    ['https://baton.example/app.roles', { 'https://baton.example/app': { roles: list } }, 'admin'],
    ['cognito:groups', { 'cognito:groups': list }, 'admin'],
    ['urn:zitadel:iam:org:project:roles', { 'urn:zitadel:iam:org:project:roles': { 'baton-admins': {} } }, 'admin'],
    ['role', { role: 'baton-admins' }, 'admin'],
    ['realm_access.roles', { roles: list }, 'unauthenticated'],
    ['realm_access.roles', { realm_access: list }, 'unauthenticated'],
    ['constructor.name', {}, 'unauthenticated'],
    ['__proto__', {}, 'unauthenticated'],
  ];
  for (const [claim, where, wanted] of paths) {
    it(`are read from ${claim}: ${wanted}`, async () => assert.equal(await roles(where, claim), wanted));
  }

  it('are given by the mapping; a queue may stand for itself', async () => {
    assert.equal(await said({ roles: ['shop-backend', 'support-leads'] }), 'system finance support-leads');
    assert.equal(await said({ roles: ['baton-admins', 'baton-admins'] }), 'admin');
    assert.equal(await said({ roles: [] }), '');
  });

  it("are never Baton's own by a bare word", async () => {
    assert.equal(await said({ roles: ['admin', 'auditor', 'system', 'legal'] }), 'legal');
    assert.equal(await said({ roles: 'admin' }), '');
    assert.equal(await said({ roles: { admin: {} } }), '');
    assert.equal(await said({ roles: ['constructor', 'toString'] }), 'constructor toString');
    const remapped = roleMappingOf({ admin: ['support-leads'] });
    assert.equal(await said({ roles: ['admin'] }, {}, { roles: remapped }), 'support-leads');
  });
});

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type Router } from 'express';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import type { Pool } from 'pg';
import { giveAddress } from '../store/notifications.ts';
import { setRoles, storedRolesOf } from '../store/members.ts';
import { createVerifier, type Verify } from './authentication.ts';
import { developmentSignIn } from './development-sign-in.ts';
import people from './development-people.json' with { type: 'json' };
import roles from './development-roles.json' with { type: 'json' };
import { Problem } from './problems.ts';
import { roleMappingOf } from './role-mapping.ts';
import { codecCookieFor } from './routes/codec.ts';

const alg = 'ES256';
const lifetimeSeconds = 8 * 3_600;

/** What issuers say in development, where nothing else is set. */
export const developmentTrust = { audience: 'baton', rolesClaim: 'roles', roles: roleMappingOf(roles) };

/** Stands in for an identity provider: gives a token to whoever asks, as one of a handful of people. */
export interface DevelopmentIdentity {
  router: Router;
  verify: Verify;
  /** A token of one of the people. Throws `Problem` `not-found`. */
  tokenFor(person: string): Promise<string>;
}

/** `issuer` answers the URL that `router` is reached under. The key is kept in `dataDir`, so that tokens outlive a restart. */
export async function createDevelopmentIdentity(dataDir: string, issuer: () => string): Promise<DevelopmentIdentity> {
  const jwk = await keptKey(dataDir);
  const key = await importJWK(jwk, alg);
  const { d: _secret, ...open } = jwk;
  const keys = { keys: [{ ...open, use: 'sig', alg }] };
  const local = createLocalJWKSet(keys);

  const sign = (person: string, typ: string, audience: string, claims: JWTPayload): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, kid: jwk.kid!, typ })
      .setSubject(person)
      .setIssuer(issuer())
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
  const tokenFor = async (person: string): Promise<string> => {
    const found = people.find((one) => one.person === person);
    if (!found) throw new Problem('not-found', `The people are ${people.map((one) => one.person).join(', ')}`);
    return sign(person, 'at+jwt', developmentTrust.audience, { roles: found.roles });
  };
  const accessToken = async (person: string) => ({
    access_token: await tokenFor(person),
    expires_in: lifetimeSeconds,
  });

  const router = express
    .Router()
    .get('/.well-known/openid-configuration', (_req, res) => {
      res.json({
        issuer: issuer(),
        jwks_uri: `${issuer()}/jwks`,
        id_token_signing_alg_values_supported: [alg],
        subject_types_supported: ['public'],
        response_types_supported: ['code'],
        authorization_endpoint: `${issuer()}/authorize`,
        token_endpoint: `${issuer()}/token`,
        end_session_endpoint: `${issuer()}/end`,
        code_challenge_methods_supported: ['S256'],
        scopes_supported: ['openid'],
      });
    })
    .get('/jwks', (_req, res) => void res.json(keys))
    .get('/people', (_req, res) => void res.json({ people }))
    .get('/tokens/:person', async (req, res) => void res.type('text/plain').send(await tokenFor(req.params.person)))
    .post('/tokens/:person', async (req, res) => {
      const given = await accessToken(req.params.person);
      res.set('cache-control', 'no-store').json({ ...given, token_type: 'Bearer' });
    })
    .use(
      developmentSignIn({
        accessToken,
        idToken: (person, { clientId, nonce }) => sign(person, 'JWT', clientId, nonce === undefined ? {} : { nonce }),
      }),
    );

  router.get('/codec/:person', async (req, res) => {
    const { person } = req.params;
    res.set('set-cookie', codecCookieFor(await tokenFor(person), false)).type('text/plain');
    res.send(`This browser reads payloads in the Temporal Web UI as ${person}, if ${person} may.\n`);
  });

  const trust = () => ({ ...developmentTrust, issuer: issuer(), signsForUsAlone: true });
  return { router, verify: createVerifier(trust, () => Promise.resolve(local)), tokenFor };
}

/** Makes the people members of their roles; whom the store knows already keeps what it says. */
export async function seedMembers(pool: Pool): Promise<void> {
  for (const { person, roles } of people) {
    if ((await storedRolesOf(pool, person)) !== undefined) continue;
    await setRoles(pool, person, roles);
    await giveAddress(pool, person, `${person}@example.com`);
  }
}

async function keptKey(dataDir: string): Promise<JWK> {
  const file = path.join(dataDir, 'development-identity.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kept = { ...jwk, kid: await calculateJwkThumbprint(jwk) };
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(kept), { mode: 0o600 });
  await rename(draft, file);
  return kept;
}

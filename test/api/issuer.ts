import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

const alg = 'ES256';
const audiences: Record<string, string> = { 'urn:shop:baton': 'baton', 'urn:shop:lunch': 'lunch-menu' };

/** What the provider would keep: nothing, its tokens stand for themselves. */
class Nothing {
  upsert = async () => undefined;
  find = async () => undefined;
}

/** An OpenID Provider that signs for several applications, as a company's does. */
export interface Issuer {
  url: string;
  /** What a client is given for one of the applications, holding these roles in `realm_access.roles`. */
  accessToken(application: 'baton' | 'lunch', roles: readonly string[]): Promise<string>;
  /** Anything that it might sign. */
  sign(claims: JWTPayload, header?: object): Promise<string>;
  close(): Promise<void>;
}

export async function issuer(): Promise<Issuer> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'shop', use: 'sig', alg };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let roles: readonly string[] = [];
  const provider = new Provider(url, {
    adapter: Nothing,
    ttl: { ClientCredentials: 600 },
    jwks: { keys: [jwk] },
    clients: [
      {
        ...{ client_id: 'shop', client_secret: 'shop-secret', token_endpoint_auth_method: 'client_secret_post' },
        ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
        id_token_signed_response_alg: alg,
      },
    ],
    extraTokenClaims: () => ({ realm_access: { roles } }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx: unknown, resource: string) => ({
          ...{ scope: 'cases', audience: audiences[resource], accessTokenFormat: 'jwt', jwt: { sign: { alg } } },
        }),
      },
    },
  });
  server.on('request', provider.callback());

  return {
    url,
    async accessToken(application, held) {
      roles = held;
      const body = new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: 'shop', client_secret: 'shop-secret' },
        resource: `urn:shop:${application}`,
      });
      const response = await fetch(`${url}/token`, { method: 'POST', body });
      return ((await response.json()) as { access_token: string }).access_token;
    },
    sign: (claims, header = {}) =>
      new SignJWT({ iss: url, ...claims })
        .setProtectedHeader({ alg, kid: 'shop', ...header })
        .setExpirationTime(claims.exp ?? '10m')
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

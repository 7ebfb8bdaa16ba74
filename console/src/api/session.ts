import * as oauth from 'oauth4webapi';
import { ApiProblem } from './problem.ts';

/**
 * Who is signed in. The token is kept in memory alone: a page that is loaded again asks the issuer again, which knows its people by
 * a session of its own. What outlives the way to the issuer and back is the secret of that one attempt.
 */
interface Attempt {
  verifier: string;
  state: string;
  nonce: string;
  /** Where the person wanted to be. */
  path: string;
}

interface SignIn {
  issuer: string;
  clientId: string;
  scope: string;
  development: boolean;
}

const attemptKey = 'baton.sign-in';
const roomKey = 'baton.room';

/** What is typed cannot fill this room: else nobody could sign in again, and then send it. */
function keepRoom(): void {
  try {
    sessionStorage.setItem(roomKey, ' '.repeat(4_000));
  } catch {
    // there is none
  }
}

export const signedInPath = '/signed-in';
const redirectUri = () => location.origin + signedInPath;

let token: { value: string; until: number; since: number } | undefined;

/** The bearer token, or `undefined` when the person must sign in. */
export const bearer = (): string | undefined => (token && token.until > Date.now() ? token.value : undefined);

const newForMs = 10_000;

/** Whether a token was just given: where the API refuses even that, to sign in again would go round without an end. */
export const isNew = (value: string): boolean => token?.value === value && Date.now() - token.since < newForMs;

/** A request that nobody answers fails with a `TypeError`. Throws `ApiProblem` with that code then. */
const reached = <T>(asked: Promise<T>, code: 'offline' | 'issuer-offline'): Promise<T> =>
  asked.catch((error: unknown) => {
    throw error instanceof TypeError ? new ApiProblem(0, { code }) : error;
  });

async function issuer() {
  const response = await reached(fetch('/sign-in', { headers: { accept: 'application/json' } }), 'offline');
  if (!response.ok) throw new Error(`GET /sign-in: ${response.status}`);
  const config = (await response.json()) as SignIn;
  const url = new URL(config.issuer);
  // An issuer on this machine may speak plain HTTP.
  const options = { [oauth.allowInsecureRequests]: url.protocol === 'http:', algorithm: 'oidc' as const };
  const server = await oauth.processDiscoveryResponse(
    url,
    await reached(oauth.discoveryRequest(url, options), 'issuer-offline'),
  );
  return { config, server, options };
}

/** Leaves the page for the issuer's; whoever chooses to is asked again who they are. */
export async function signIn({ chooses = false } = {}): Promise<void> {
  const { config, server } = await issuer();
  const path = location.pathname === signedInPath ? '/' : location.pathname + location.search;
  const attempt: Attempt = {
    ...{ verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState() },
    ...{ nonce: oauth.generateRandomNonce(), path },
  };
  sessionStorage.removeItem(roomKey);
  sessionStorage.setItem(attemptKey, JSON.stringify(attempt));
  const to = new URL(server.authorization_endpoint!);
  const asked = {
    ...{ response_type: 'code', client_id: config.clientId, redirect_uri: redirectUri(), scope: config.scope },
    ...{ state: attempt.state, nonce: attempt.nonce, code_challenge_method: 'S256' },
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    ui_locales: document.documentElement.lang,
    ...(chooses ? { prompt: 'select_account' } : {}),
  };
  for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value);
  location.assign(to);
}

/** Takes what the issuer sent along; answers where the person wanted to be. Throws what went wrong. */
export async function finishSignIn(): Promise<string> {
  const kept = sessionStorage.getItem(attemptKey);
  sessionStorage.removeItem(attemptKey);
  keepRoom();
  if (!kept) return '/';
  const { verifier, state, nonce, path } = JSON.parse(kept) as Attempt;
  const { config, server, options } = await issuer();
  const client = { client_id: config.clientId };
  const given = oauth.validateAuthResponse(server, client, new URL(location.href), state);
  const response = await reached(
    oauth.authorizationCodeGrantRequest(...[server, client, oauth.None(), given, redirectUri(), verifier, options]),
    'issuer-offline',
  );
  const { access_token, expires_in = 300 } = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
  });
  const since = Date.now();
  token = { value: access_token, since, until: since + (expires_in - 5) * 1_000 };
  return path;
}

/** Forgets the token and ends the issuer's session, where it has a page for that. */
export async function signOut(): Promise<void> {
  token = undefined;
  const { config, server } = await issuer();
  if (!server.end_session_endpoint) return location.assign('/');
  const to = new URL(server.end_session_endpoint);
  to.searchParams.set('client_id', config.clientId);
  to.searchParams.set('post_logout_redirect_uri', `${location.origin}/`);
  location.assign(to);
}

import { z } from 'zod';

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url(), token_endpoint: z.url().optional() });
export type Discovery = z.output<typeof Discovery>;

/** Answers what an issuer says of itself. Throws when it cannot be asked, or speaks of another. */
export type Discover = () => Promise<Discovery>;

/** Asks the issuer once, when it is first needed; again only where that failed. */
export function discoveryOf(issuer: string): Discover {
  let found: Promise<Discovery> | undefined;
  return () => {
    found ??= discover(issuer);
    found.catch(() => (found = undefined));
    return found;
  };
}

async function discover(issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const document = Discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new Error(`${url} is about another issuer`);
  return document;
}

/** A host of an address may hold `*`, `;` and quotes, and these say more in a policy. */
const plain = /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/;

/** Which origins a page asks when somebody signs in: the issuer's, and that of its token endpoint, once that is known. */
export async function signInOrigins(issuer: string, discovered?: Discover): Promise<string[]> {
  const known = await discovered?.().catch(() => undefined);
  const urls = [issuer, known?.token_endpoint ?? issuer].filter((url) => URL.canParse(url));
  return [...new Set(urls.map((url) => new URL(url).origin))].filter((origin) => plain.test(origin));
}

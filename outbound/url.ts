import type { LookupFunction } from 'node:net';
import { AddressRefused, type Allowed, guardedLookup, isRefusedLiteral } from './addresses.ts';

const longestUrl = 2_000;

/** Why Baton does not call this URL, in words that follow its name; undefined where nothing is against it. Looks no name up. */
export function faultOfUrl(text: string, allowed: Allowed): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.length > longestUrl || !/^https?:\/\//i.test(text)) return 'must be a URL that begins with https://';
  if (url.username || url.password) return 'must hold no name and no password';
  if (url.hash) return 'must hold no fragment';
  if (isRefusedLiteral(url, allowed)) return isHttp(url) ? onlyHttps : noPrivate;
  return undefined;
}

const isHttp = ({ protocol }: URL) => protocol === 'http:';
const onlyHttps = 'must begin with https://; by http only what the operator lists is called';
const noPrivate = 'must name a public address, or one that the operator lists';

/** The same, with the addresses that its name has now. A name that cannot be looked up now may be later. */
export async function faultOfTarget(
  text: string,
  allowed: Allowed,
  lookup?: LookupFunction,
): Promise<string | undefined> {
  const fault = faultOfUrl(text, allowed);
  if (fault) return fault;
  const url = new URL(text);
  const error = await new Promise<Error | null>((resolve) => {
    guardedLookup(url, allowed, lookup)(url.hostname.replace(/^\[|\]$/g, ''), { all: true }, resolve);
  });
  if (!(error instanceof AddressRefused)) return undefined;
  return isHttp(url) ? onlyHttps : noPrivate;
}

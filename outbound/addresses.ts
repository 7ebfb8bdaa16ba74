import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What else than public addresses over https Baton may call by itself, as its operator lists it. */
export interface Allowed {
  hosts: ReadonlySet<string>;
  ranges: readonly [Address, number][];
}

/** Hosts, addresses and CIDRs; `OUTBOUND_ALLOW` was held to that form. */
export function allowedOf(list: readonly string[]): Allowed {
  const isRange = (entry: string) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry);
  return {
    hosts: new Set(list.filter((entry) => !isRange(entry)).map(nameOfHost)),
    ranges: list.filter(isRange).map((entry) => ipaddr.parseCIDR(entry.includes('/') ? entry : whole(entry))),
  };
}

const whole = (address: string) => `${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`;

/** A name as it is compared; a literal address without its brackets. */
const nameOfHost = (host: string) =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');

/** Public and yet not the world's: the host's own agent, in one of the clouds. */
const metadata = new Set(['168.63.129.16']);
/** All that was ever given to anybody of IPv6; what is outside holds older ways to write an address of IPv4. */
const given = ipaddr.parseCIDR('2000::/3');

const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' &&
  !metadata.has(address.toString()) &&
  (address.kind() === 'ipv4' || address.match(given));

const isListed = (address: Address, { ranges }: Allowed): boolean => {
  const plain = ipaddr.process(address.toString());
  return ranges.some(([range, bits]) => range.kind() === plain.kind() && plain.match(range, bits));
};

/** Whether a URL's host may be called by a scheme at an address, which is a literal of IPv4 or IPv6. */
function mayCall({ protocol, hostname }: URL, address: string, allowed: Allowed): boolean {
  if (allowed.hosts.has(nameOfHost(hostname))) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return isListed(parsed, allowed) || (protocol === 'https:' && isPublic(parsed));
}

export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** The name's addresses; all of them must be allowed. Node connects to what this answers, and asks nobody again. */
export function guardedLookup(url: URL, allowed: Allowed, lookup: LookupFunction = dns.lookup): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const all = found as dns.LookupAddress[];
      if (all.length === 0 || !all.every(({ address }) => mayCall(url, address, allowed)))
        return done(new AddressRefused('An address of this name is not called'), '');
      if (options.all) return done(null, all);
      done(null, all[0]!.address, all[0]!.family);
    });
  };
}

/** A host that is an address is not looked up: decimal, octal and hex forms were made plain by `URL`. */
export function isRefusedLiteral(url: URL, allowed: Allowed): boolean {
  const host = nameOfHost(url.hostname);
  return ipaddr.isValid(host) && !mayCall(url, host, allowed);
}

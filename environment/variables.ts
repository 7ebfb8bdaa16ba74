import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** The kinds of values that variables of the environment have, each with the words that follow its name where it is wrong. */

const holds = (message: string, test: (value: string) => boolean) => z.string().refine(test, message);

/** A variable that must be set, and what it is for. */
export const needed = <Schema extends z.ZodType<unknown, string>>(schema: Schema, why: string) =>
  z.string(`is not set: ${why}`).pipe(schema);

export const webAddress = holds('must be a URL that begins with http:// or https://', (value) =>
  /^https?:$/.test(urlOf(value)?.protocol ?? ''),
);

export const databaseAddress = holds(
  'must be a URL such as postgres://role:password@host:5432/database; in a role or password, @ : / ? # and % are written as %40 %3A %2F %3F %23 %25',
  (value) => {
    const url = urlOf(value);
    return /^postgres(ql)?:$/.test(url?.protocol ?? '') && [url!.username, url!.password, url!.pathname].every(decodes);
  },
);

function urlOf(value: string): URL | undefined {
  return /^\S+$/.test(value) && URL.canParse(value) ? new URL(value) : undefined;
}

function decodes(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

export const mailServer = holds('must be a URL such as smtp://name:password@host:587 or smtps://host', (value) => {
  const url = urlOf(value);
  return /^smtps?:$/.test(url?.protocol ?? '') && url!.hostname !== '' && [url!.username, url!.password].every(decodes);
});

/** Whom mail comes from. */
export const mailAddress = holds('must be an address such as Baton <baton@example.com>', (value) =>
  /^(?:[^\p{Cc}<>@,;:"]{1,100} <[\w.+-]+@[\w.-]+>|[\w.+-]+@[\w.-]+)$/u.test(value),
);

export const serverAddress = holds('must be host:port, without a scheme', (value) => {
  const [, port] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::(\d{1,5}))?$/.exec(value) ?? [undefined, '-1'];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
});

export const wholeNumber = (least: number, most: number) =>
  holds(
    `must be a whole number from ${least} to ${most}`,
    (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
  ).transform(Number);

export const listenAddress = holds('must be the name or the address of an interface of this machine', (value) =>
  /^[\w.:-]+$/.test(value),
);

export const yesOrNo = holds('must be true or false', (value) => /^(true|false|1|0)$/.test(value));

/** What may stand in a header of HTTP. */
export const headerText = holds('must be one line of visible characters', (value) => /^[\x21-\x7e]+$/.test(value));

export const oneLine = holds('must be one line of at most 200 characters', (value) =>
  /^[^\p{Cc}]{1,200}$/u.test(value),
);

export const identifier = holds('must be letters, digits and . _ : / - only, at most 200', (value) =>
  /^[\w.:/-]{1,200}$/.test(value),
);

/** What names a deployment or a version of the code in Temporal. */
export const versionName = holds('must be letters, digits and _ - only, at most 100', (value) =>
  /^[\w-]{1,100}$/.test(value),
);

export const oneOf = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.enum(words, `must be ${words.join(' or ')}`);

export const listOf = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z
    .string()
    .transform((value) => value.split(',').map((word) => word.trim()))
    .pipe(z.array(z.enum(words, `must be of ${words.join(', ')}, joined by commas`)));

export const fileToRead = holds('must name a file that this process can read', (value) => {
  try {
    accessSync(value, constants.R_OK);
    return statSync(value).isFile();
  } catch {
    return false;
  }
});

export const folderToWrite = holds('must name a folder that this process can write to', (value) => {
  try {
    let dir = path.resolve(value);
    while (!existsSync(dir) && dir !== path.dirname(dir)) dir = path.dirname(dir);
    accessSync(dir, constants.W_OK);
    return statSync(dir).isDirectory();
  } catch {
    return false;
  }
});

export const fileToWrite = holds('must name a file in a folder that this process can write to', (value) => {
  try {
    accessSync(path.dirname(path.resolve(value)), constants.W_OK);
    return !existsSync(value) || statSync(value).isFile();
  } catch {
    return false;
  }
});

/** Hosts, addresses and ranges of addresses. */
export const hostsOrRanges = z
  .string()
  .transform((value) => value.split(',').map((entry) => entry.trim()))
  .pipe(
    z.array(
      holds(
        'must be hosts, addresses or CIDRs such as chat.example.com, 10.1.2.3 or 10.1.0.0/16, joined by commas',
        (entry) => [isIPv4, isIPv6, isHostName].some((test) => test(entry)),
      ),
    ),
  );

const isIPv4 = (entry: string) =>
  ipaddr.IPv4.isValidFourPartDecimal(entry) || ipaddr.IPv4.isValidCIDRFourPartDecimal(entry);
const isIPv6 = (entry: string) => ipaddr.IPv6.isValid(entry) || ipaddr.IPv6.isValidCIDR(entry);
/** No number that some would read as an address. */
const isHostName = (entry: string) =>
  /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)*[a-z]([a-z\d-]{0,61}[a-z\d])?$/i.test(entry);

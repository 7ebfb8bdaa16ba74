import { Problem } from '../problems.ts';

const core = /^urn:cen\.eu:en16931:2017(?=$|[#:])/i;
/** Extensions that leave the sums of EN 16931 as they are. */
const sameSums = /^urn:(xeinkauf\.de|xoev-de):kosit:extension:xrechnung_[\d.]+$/i;

/**
 * BT-24 says by which rules a document is read: those of EN 16931, as they are or with fewer choices. An extension may add what
 * changes its sums. Who names no profile is read by EN 16931 too. Throws `Problem` `document-unsupported`.
 */
export function checkProfile(profile: string | undefined): void {
  if (profile === undefined) return;
  const [, ...parts] = profile.split(/#conformant[#:]/i);
  const extended = parts.some((extension) => !sameSums.test(extension)) || /:extended$/i.test(profile);
  if (core.test(profile) && !extended) return;
  const why = core.test(profile) ? 'an extension of EN 16931 with sums of its own' : 'not one of EN 16931';
  throw new Problem('document-unsupported', `It names the profile ${profile.slice(0, 200)}, which is ${why}`);
}

/**
 * One canonical form for each kind of name that systems spell in more than one way: two names are the same when their forms are.
 * A form is for comparing and looking up; what is shown or sent stays as it was spelled. Ids that a system does not say to be of one
 * of these kinds count as they stand.
 */

const blanks = /[\s\u200b-\u200d\u2060\ufeff]+/gu;

/**
 * Users and groups of a directory: case does not count, all else does, blanks included (`caseExact` false, RFC 7643, 8.7.1; case
 * and Unicode form as RFC 8265, 3.3). A sigma is one letter, wherever it stands.
 */
export const directoryName = (text: string): string =>
  text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

/** Of a company, a place, or an entry of a list that people keep: neither case nor how many blanks there are counts. */
export const plainName = (text: string): string => directoryName(text.normalize('NFKC')).replace(blanks, ' ').trim();

/** Without blanks and what is not seen at all. */
const joined = (text: string) => text.normalize('NFKC').replaceAll(/[\p{Z}\p{Cc}\p{Cf}]/gu, '');

/** Blanks, dots and dashes are how people print such a number; letters and digits are the number. */
const lettersAndDigits = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The electronic form of ISO 13616: in capitals, and without the word that is printed before it. */
export const iban = (text: string): string => lettersAndDigits(text).replace(/^IBAN/, '');

/** In capitals. Greece writes EL before its VAT numbers, ISO 3166 GR. */
export const vatNumber = (text: string): string => lettersAndDigits(text).replace(/^GR(?=\d)/, 'EL');

/** Without blanks, in capitals, any dash as a hyphen; its other signs belong to it. */
export const orderNumber = (text: string): string =>
  joined(text)
    .toUpperCase()
    .replaceAll(/[\p{Pd}\u2212]/gu, '-');

/** Of a line of an order: 10 and 00010 are one. */
export const lineNumber = (text: string): string => orderNumber(text).replace(/^0+(?=.)/, '');

/** A copy of an invoice comes with other blanks, full stops, dashes, slashes or leading zeros in its number. */
export const invoiceNumber = (text: string): string =>
  orderNumber(text)
    .replaceAll(/[.\-/_]/g, '')
    .replace(/^0+/, '');

/** Without blanks, angle brackets and `mailto:`, in small letters. */
export const emailAddress = (text: string): string =>
  joined(text)
    .replace(/[<>]/g, '')
    .toLowerCase()
    .replace(/^mailto:/, '');

/** The mailbox that an address leads to: without its tag and, at Gmail, without full stops. A text that is no address is only itself. */
export function mailbox(text: string): string {
  const address = emailAddress(text);
  const [, local, domain] = /^([^@]+)@([^@]+)$/.exec(address.replace(/@googlemail\.com$/, '@gmail.com')) ?? [];
  if (local === undefined) return address;
  const [name = ''] = local.split('+');
  return `${domain === 'gmail.com' ? name.replaceAll('.', '') : name}@${domain}`;
}

/** For counting what is whose: neither case nor blanks count, of whatever kind the name is. Better two are taken for one than one for two. */
export const countedName = (text: string): string => directoryName(joined(text));

/** Of a mail address or a company's website. */
export const mailDomain = (text: string): string => joined(text).toLowerCase().replace(/\.$/, '');

/** Whether the names are one, in the form of their kind. */
export const isSame = (form: (text: string) => string, a: string, b: string): boolean => form(a) === form(b);

/** Whether the name is one of these, in the form of their kind. */
export const isAmong = (form: (text: string) => string, names: readonly string[], name: string): boolean =>
  names.some((one) => isSame(form, one, name));

/** Whether both name one user or group of a directory. */
export const isSameName = (a: string | null, b: string): boolean => a !== null && isSame(directoryName, a, b);

export const isOneOfNames = (names: readonly string[], name: string): boolean => isAmong(directoryName, names, name);

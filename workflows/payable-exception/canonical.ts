/** One form for each kind of name, applied before names are compared; never to what is shown or sent. */

/** Letters and digits alone: blanks, dots and dashes are how people print a number. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** ISO 13616: the printed form has blanks, the electronic form none. */
export const canonicalIban = (iban: string): string => bare(iban).replace(/^IBAN/, '');

/** Greece writes EL before its VAT numbers, ISO 3166 GR. */
export const canonicalVatId = (vatId: string): string => bare(vatId).replace(/^GR(?=\d)/, 'EL');

/** Blanks and letter case make no other order; a dash or a slash may. */
export const canonicalOrderNumber = (poNumber: string): string =>
  poNumber
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\p{Z}\p{C}]/gu, '')
    .replaceAll(/[\p{Pd}\u2212]/gu, '-');

/** Of an order's line: 10 and 00010 are one. */
export const canonicalLineNumber = (lineNo: string): string => canonicalOrderNumber(lineNo).replace(/^0+(?=.)/, '');

/** A copy of an invoice comes with other blanks, dots, dashes, slashes or leading zeros in its number. */
export const canonicalInvoiceNumber = (invoiceNumber: string): string =>
  canonicalOrderNumber(invoiceNumber)
    .replaceAll(/[.\-/_]/g, '')
    .replace(/^0+/, '');

/** What texts that people or models write hold. */

/** Whether the text names it, and not another that begins or ends alike: FN-1 is not named by FN-10. */
export function names(text: string, reference: string): boolean {
  const pieces = text.split(reference);
  return pieces.slice(1).some((after, n) => !/[\p{L}\p{N}]-?$/u.test(pieces[n]!) && !/^-?[\p{L}\p{N}]/u.test(after));
}

const addresses = /:\/\/|@|\bwww\.|\b(?:mailto|tel|sms|data|javascript):/iu;
/** No list of domains is complete: a full stop between letters counts, although somebody may only have left out a blank. */
const domains = /[\p{L}\p{N}]\.\p{L}{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b/u;

/** Whether a mail program could make a link of a part of the text. A reference that looks like a domain is none. */
export function holdsLink(text: string, reference: string): boolean {
  const plain = (one: string) => one.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
  const shown = plain(text);
  const others = plain(reference) === '' ? shown : shown.replaceAll(plain(reference), ' ');
  return addresses.test(shown) || domains.test(others);
}

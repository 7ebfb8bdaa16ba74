import { mailbox } from '../../rules/canonical.ts';

/** How fields are read that people and machines fill in as they like. */

const nothing = /^[\s\u200b\u00a0]*(n\/?a|-|none|test|null|undefined|\.)?[\s\u200b\u00a0]*$/i;

export const isBlank = (field: string | null): boolean => field === null || nothing.test(field);

/** The mailbox that an address leads to; none where it is no address. */
export function mailboxOf(address: string | null): string | null {
  if (address === null || isBlank(address)) return null;
  const found = mailbox(address);
  return /^[^@]+@[^@]+\.[^@.]{2,}$/.test(found) ? found : null;
}

export const domainOf = (mailbox: string | null): string => mailbox?.split('@')[1] ?? '';

export const isUsablePhone = (phone: string | null): boolean =>
  phone !== null && !isBlank(phone) && phone.normalize('NFKC').replace(/\D/g, '').length >= 7;

/** As the table of countries spells them. */
export const spelled = (country: string | null): string => (country ?? '').normalize('NFKC').trim().toLowerCase();

/** More than any company has; a text may hold any number. */
const most = 1_000_000_000;

/** The first number in the text; a separator before three digits belongs to it. */
export function firstNumber(text: string | null): number | null {
  if (text === null || isBlank(text)) return null;
  const found = /\d+/.exec(text.normalize('NFKC').replace(/[,.'\s](?=\d{3}\b)/g, ''));
  return found && Math.min(Number(found[0]), most);
}

export const linksIn = (text: string): number => text.match(/https?:\/\//gi)?.length ?? 0;

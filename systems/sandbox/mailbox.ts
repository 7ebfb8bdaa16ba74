/** The mailbox that an address leads to, for finding records by it; a text that is no address is only itself. */
export function mailboxOf(address: string): string {
  const plain = address
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\u2060\ufeff\s<>]/g, '')
    .toLowerCase()
    .replace(/^mailto:/, '')
    .replace(/@googlemail\.com$/, '@gmail.com');
  const [local = '', domain] = plain.split('@');
  if (domain === undefined) return plain;
  const [name = ''] = local.split('+');
  return `${domain === 'gmail.com' ? name.replaceAll('.', '') : name}@${domain}`;
}

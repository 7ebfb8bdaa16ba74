import type { Owner } from './definition.ts';

/** The queues that may be asked; none where a record names a person, or the request a queue. */
export const queuesIn = (owner: Owner): readonly string[] =>
  typeof owner === 'string' ? [owner] : owner.by === 'ruling' ? owner.among : [];

/** An owner in one phrase, for documents and the API. */
export function ownerInWords(owner: Owner): string {
  if (typeof owner === 'string') return owner;
  if (owner.by === 'request') return `by request: ${owner.field}`;
  return owner.by === 'ruling' ? `by ruling: ${owner.among.join(', ')}` : `by record: ${owner.source}.${owner.field}`;
}

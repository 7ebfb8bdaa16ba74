import type { Span } from './definition.ts';

/** What may be asked from a handoff before it is answered: of whom, and how long they have. */
export interface Asks {
  within: Span;
  /** The requester, and queues, whether or not they are this process's own. Left out: the requester and the process's queues. */
  to?: readonly ('requester' | (string & {}))[];
}

/** What holds where a contract says nothing. */
export const usualAsks: Asks = { within: '1 business days' };

/**
 * How often a queue may send it back in one case, and what happens at the next time: it is rejected (`returned-too-often`), or
 * goes to `escalateTo` and is not returned any more. Without `to`, the process says what being sent back means.
 */
export type Rework<Packet extends string = string> = { atMost: number; then: 'rejected' | 'escalated' } & (
  GoesBack<Packet> | { to?: undefined }
);

/** To whom it goes, and until when; then its owner is asked again, whether or not anything was changed. */
export interface GoesBack<Packet extends string = string> {
  to: 'requester' | (string & {});
  within: Span;
  /** What they may change: fields of the packet, and of the terms those that its owner may amend, too. */
  mayChange?: { packet?: readonly Packet[]; terms?: readonly string[] };
}

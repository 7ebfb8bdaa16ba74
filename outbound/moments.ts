/**
 * What people learn of. `opened`: in a queue of theirs; `unattended`: in a
 * queue that nobody is behind; `assigned`: given to them by name; `left-queue`: escalated from a queue that they
 * lead.
 */
export const moments = [
  'opened',
  'unattended',
  'assigned',
  'at-risk',
  'escalated',
  'left-queue',
  'asked',
  'answered',
  'decided',
  'expired',
] as const;
export type Moment = (typeof moments)[number];

/**
 * Digests are messages, too: of what a person wants in one, and of a queue for its leads. And so is the weekly report for owners of processes
 * and leaders.
 */
export const digests = ['digest', 'queue-digest', 'weekly-report'] as const;
export type Kind = Moment | (typeof digests)[number];

export const ways = ['at-once', 'digest', 'never'] as const;
/** How somebody learns of a moment by mail. */
export type Way = (typeof ways)[number];

/** Where a person did not say otherwise. */
export const usualWay: Way = 'at-once';

/** The moments that only ask for an answer: nothing any more once it is given. */
export const asking: ReadonlySet<Moment> = new Set([
  'opened',
  'unattended',
  'assigned',
  'at-risk',
  'escalated',
  'asked',
]);

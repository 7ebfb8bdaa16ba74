import type { Impact, Order, Terms } from './types.ts';

type Lists = Omit<Terms, 'requestId' | 'priceDifference' | 'reply'>;
/** The lines of a resolution, as far as there are any, before they are numbered. */
export type Lines = { [List in keyof Lists]?: Omit<Lists[List][number], 'id'>[] };

/** Terms that hold all these lines and nothing else. Amounts come from the records; here they are only summed up. */
export function resolution(requestId: string, lines: Lines[], reply: string): Terms {
  const numbered = <List extends keyof Lists>(list: List): Lists[List] =>
    lines
      .flatMap((each): object[] => each[list] ?? [])
      .map((line, n) => ({ id: `${list}-${n + 1}`, ...line })) as Lists[List];
  const [collections, payouts] = [numbered('collections'), numbered('payouts')];
  return {
    requestId,
    exchanges: numbered('exchanges'),
    itemChanges: numbered('itemChanges'),
    paymentChanges: numbered('paymentChanges'),
    addressChanges: numbered('addressChanges'),
    defaultAddresses: numbered('defaultAddresses'),
    moves: numbered('moves'),
    collections,
    payouts,
    priceDifference: total(collections) - total(payouts),
    reshipments: numbered('reshipments'),
    credits: numbered('credits'),
    refunds: numbered('refunds'),
    cancelledLines: numbered('cancelledLines'),
    holdReleases: numbered('holdReleases'),
    reply,
  };
}

export const total = (lines: { amount: number }[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);

export const changesNothing = (terms: Terms): boolean =>
  Object.values(terms).every((lines) => !Array.isArray(lines) || lines.length === 0);

/** Whether what was approved is what the records, read again, still come to. The reply is the approver's. */
export const isStillPlanned = (approved: Terms | undefined, planned: Terms): boolean =>
  approved === undefined || sorted({ ...approved, reply: '' }) === sorted({ ...planned, reply: '' });

/** The same text for the same data: a store may have put the fields in another order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What carrying them out is worth to the business, as far as it is worth anything. */
export function impactOf({ collections, payouts, credits, reshipments }: Terms): Impact {
  const measured = {
    collected: total(collections),
    paidBack: total(payouts),
    credited: total(credits),
    reshipments: reshipments.length,
  };
  return Object.fromEntries(Object.entries(measured).filter(([, worth]) => worth > 0));
}

/** `7.50 EUR`. */
export const money = (amount: number, currency: string): string => `${(amount / 100).toFixed(2)} ${currency}`;

/** Every item listed is in the order, as often as it is listed. */
export const holds = ({ items }: Order, itemIds: string[]): boolean =>
  itemIds.every((id) => count(itemIds, id) <= items.filter(({ itemId }) => itemId === id).length);

const count = (ids: string[], id: string) => ids.filter((other) => other === id).length;

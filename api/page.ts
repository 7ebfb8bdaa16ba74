import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { type Cursor, cursorText, type List, readCursor } from '../store/cursor.ts';

/** Where a page of this list begins. */
export const placeIn = (list: List) =>
  text(4_000)
    .transform((given, context) => {
      const cursor = readCursor(list, given);
      if (!cursor) context.addIssue('must be the `next` of a page of this list');
      return cursor ?? z.NEVER;
    })
    .describe('The `next` of the page before, of this very list');

export const Limit = z.coerce.number().int().min(1).max(200).default(50);

/** What leads on from a page that is full. */
export function nextOf(list: List, found: readonly { cursor: Cursor }[], limit: number): { next?: string } {
  const last = found.length === limit ? found.at(-1) : undefined;
  return last ? { next: cursorText(list, last.cursor) } : {};
}

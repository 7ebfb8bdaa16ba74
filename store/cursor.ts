import { z } from 'zod';

/** The place of a row in a list: what is open comes before what is closed, then by `by`, then by id. Stays where it was when the row changes. */
export interface Cursor {
  closed: boolean;
  /** As the database writes it, to its last digit. */
  by: string;
  id: string;
}

const Parts = z.tuple([z.boolean(), z.string().regex(/^[\d :.+-]{1,40}$/), z.string().max(2_000)]);

export const cursorText = ({ closed, by, id }: Cursor): string =>
  Buffer.from(JSON.stringify([closed, by, id])).toString('base64url');

/** The `next` of a page, as it came back; undefined for what is none. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const [closed, by, id] = Parts.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (id.includes('\0') || Number.isNaN(by.includes(':') ? Date.parse(by) : Number(by))) return undefined;
    return { closed, by, id };
  } catch {
    return undefined;
  }
}

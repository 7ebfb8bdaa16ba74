import { z } from 'zod';
import { text } from '../core/declare/values.ts';

/** The place of a row in a list: what is open comes before what is closed, then by `by`, then by id. Stays where it was when the row changes. */
export interface Cursor {
  closed: boolean;
  /** As the database writes it, to its last digit. */
  by: string;
  id: string;
}

const number = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/);
const seconds = z.string().regex(/^-?\d{1,11}(\.\d{1,6})?$/);
const serial = z.string().regex(/^\d{1,15}$/);
const instant = z
  .string()
  .regex(/^[12]\d{3}-[^T]+\+00$/)
  .refine((by) => z.iso.datetime().safeParse(by.replace(' ', 'T').replace('+00', 'Z')).success);

const place = (closed: boolean, by: z.ZodType<string>) => z.tuple([z.literal(closed), by, text(2_000)]);

/** What the rows of each list are in the order of. */
const places = {
  cases: z.union([place(false, number), place(true, instant)]),
  handoffs: z.union([place(false, seconds), place(true, seconds)]),
  questions: z.union([place(false, number), place(true, number)]),
  requests: place(false, instant),
  comments: place(false, serial),
  'switch-changes': place(false, serial),
  'autonomy-changes': place(false, serial),
  deliveries: place(false, serial),
  messages: place(false, serial),
  'scorecard-cases': place(false, serial),
  strays: z.union([place(false, instant), place(true, instant)]),
} satisfies Record<string, z.ZodType<[boolean, string, string]>>;
export type List = keyof typeof places;

export const cursorText = (list: List, { closed, by, id }: Cursor): string =>
  Buffer.from(JSON.stringify([list, closed, by, id])).toString('base64url');

/** The `next` of a page of this list, as it came back; undefined for what is none. */
export function readCursor(list: List, given: string): Cursor | undefined {
  try {
    const [of, ...rest] = z.array(z.unknown()).parse(JSON.parse(Buffer.from(given, 'base64url').toString()));
    if (of !== list) return undefined;
    const [closed, by, id] = places[list].parse(rest);
    return { closed, by, id };
  } catch {
    return undefined;
  }
}

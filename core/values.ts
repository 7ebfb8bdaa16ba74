import { z } from 'zod';

/** An amount of money in the smallest unit of its currency, a whole number, never negative: 12.50 EUR is 1250. */
export const Cents = z.int().min(0).max(1_000_000_000_00);

/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);

/** Text from outside: never empty, at most `max` characters. PostgreSQL can store neither NUL nor half a surrogate pair. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be well-formed Unicode without NUL');

/** A name by which another system knows a thing. Taken as sent, blanks included; whether there is such a thing is the system's to say. */
export const Reference = text(200);

/** A day without a time, YYYY-MM-DD. */
export const Day = z.iso.date();

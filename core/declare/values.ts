import { z } from 'zod';
import { directoryName } from '../../rules/canonical.ts';
import { longestCaseId } from './case-id.ts';
import type { TextRef } from './texts.ts';

/** How JSON Schema says that a number is an amount in the smallest unit of its currency. */
export const minorUnits = { 'x-unit': 'minor' } as const;

/** How JSON Schema says that a decimal number, as text, is a price in the currency itself, such as 0.0215. */
export const majorUnits = { 'x-unit': 'major' } as const;

/** How JSON Schema says that a text is a code of a list that others keep; it is shown with its word. */
export const codeOf = (list: 'unit' | 'country' | 'currency' | 'invoice-type') => ({ 'x-code': list }) as const;

/** How JSON Schema says that a text is a name that the process declares: that of a rule, or a value that it lists elsewhere. */
export const namesRule = { 'x-names': 'rules' } as const;
export const namesValue = { 'x-names': 'values' } as const;

/** The name of a rule of the process. Whoever only gets back what they asked for is not shown it. */
export const RuleName = z.string().meta(namesRule);
/** A value that the process lists elsewhere. */
export const ValueName = z.string().meta(namesValue);

/** An amount of money in the smallest unit of its currency, a whole number, never negative: 12.50 EUR is 1250. */
export const Cents = z.int().min(0).max(1_000_000_000_00).meta(minorUnits);

/** What a sum over several cases comes to: as many amounts as there are. */
export const Total = z.int().min(0);

/** ISO 4217. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta(codeOf('currency'));

/** Text from outside: never empty, at most `max` characters. PostgreSQL can store neither NUL nor half a surrogate pair. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be well-formed Unicode without NUL');

/** A name by which another system knows a thing. Taken as sent, blanks included; whether there is such a thing is the system's to say. */
export const Reference = text(200);

/** The id of a case, as another case knows it. */
export const CaseId = text(longestCaseId);

/** A name in a directory, in its canonical form: for matching an event with what waits for it. */
export const DirectoryName = Reference.overwrite(directoryName);

/** A day without a time, YYYY-MM-DD. */
export const Day = z.iso.date();

const TextReference = z.strictObject({
  ref: z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]),
  characters: z.int().min(1),
  parts: z.int().min(1),
  part: z.int().min(1).optional(),
});

/** In UTF-16 code units. */
export const longestText = 2_000_000;

const longTexts = new WeakSet<z.ZodType>();

/**
 * A text of up to `max` UTF-16 code units that is stored apart: from outside it comes as a string, inside it is passed on as a
 * `TextRef`. Only as a field of a request, of what an event or a source gives, or of what a model is given.
 */
export function longText(max = longestText): z.ZodType<TextRef, string | TextRef> {
  const schema = z.union([text(max).min(1), TextReference]);
  schema._zod.toJSONSchema = () => ({ type: 'string', minLength: 1, maxLength: max, title: 'long text' });
  longTexts.add(schema);
  return schema as z.ZodType as z.ZodType<TextRef, string | TextRef>;
}

/** The fields that hold long texts. */
export const longTextsIn = (schema: z.ZodType): string[] => {
  const object = unwrapped(schema);
  const shape = object instanceof z.ZodObject ? (object.shape as Record<string, z.ZodType>) : {};
  return Object.keys(shape).filter((field) => longTexts.has(unwrapped(shape[field]!)));
};

const wrappers = [z.ZodNullable, z.ZodOptional, z.ZodDefault, z.ZodPrefault, z.ZodReadonly, z.ZodNonOptional];

const unwrapped = (schema: z.ZodType): z.ZodType =>
  wrappers.some((wrapper) => schema instanceof wrapper)
    ? unwrapped((schema as z.ZodNullable<z.ZodType>).unwrap())
    : schema;

import type { Language } from '../language/languages.ts';
import { readDecimal } from './numbers.ts';

/** An amount in its currency's form. `minor` in the currency's smallest unit, as terms and packets hold it. */
export function money(minor: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(minor / 10 ** digitsOf(currency));
}

export const number = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** `value` from 0 to 1. */
export const percent = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(value);

/** How many digits of a currency are its smallest unit; two, like most have, where none is known. */
const digitsOf = (currency: string | undefined): number =>
  currency === undefined
    ? 2
    : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

/** An amount as one types it in a language, without its currency: `1,234.50`. `minor` in the currency's smallest unit. */
export function typedAmount(minor: number, currency: string | undefined, language: Language): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    minor / 10 ** digits,
  );
}

/**
 * What somebody typed as an amount, in the currency's smallest unit; undefined where it can be read in no way, or in two. A sign or
 * code of a currency may stand with it.
 */
export function readAmount(typed: string, currency: string | undefined, language: Language): number | undefined {
  const digits = digitsOf(currency);
  const bare = typed.replaceAll(/\p{Sc}|[A-Z]{3}/gu, '');
  const [whole = '', rest = ''] = readDecimal(bare, language)?.split('.') ?? [];
  if (whole === '' || rest.length > digits) return undefined;
  const minor = Number(`${whole}${rest.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

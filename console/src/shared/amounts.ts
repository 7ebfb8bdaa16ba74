import { decimalsOf } from '../../../rules/currency.ts';
import type { Language } from '../language/languages.ts';
import { readDecimal } from './numbers.ts';

/** An amount in its currency's form. `minor` in the currency's smallest unit, as terms and packets hold it. */
export function money(minor: number, currency: string, language: Language): string {
  const digits = digitsOf(currency);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, { style: 'currency', currency, ...shown }).format(minor / 10 ** digits);
}

/** A decimal number, as text, in all its digits. */
export const decimal = (value: string, language: Language): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value as `${number}`);

/** A price in the currency itself, in all its digits: `0.0215`. */
export function price(value: string, currency: string | undefined, language: Language): string {
  if (currency === undefined) return decimal(value, language);
  const form = new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 20 });
  return form.format(value as `${number}`);
}

export const number = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** `value` from 0 to 1. */
export const percent = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(value);

/** How many digits of a currency are its smallest unit. (`Intl` says how it is written in shops: a forint has none.) */
const digitsOf = (currency = ''): number => decimalsOf(currency);

/** An amount as one types it in a language, without its currency: `1,234.50`. `minor` in the currency's smallest unit. */
export function typedAmount(minor: number, currency: string | undefined, language: Language): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    minor / 10 ** digits,
  );
}

/**
 * What somebody typed as an amount, in the currency's smallest unit; undefined where it can be read in no way, or in two. The sign
 * or code of its currency may stand with it; another's may not: who types dollars means no euros.
 */
export function readAmount(typed: string, currency: string | undefined, language: Language): number | undefined {
  const digits = digitsOf(currency);
  const [whole = '', rest = ''] = readDecimal(withoutCurrency(typed, currency, language), language)?.split('.') ?? [];
  if (whole === '' || rest.length > digits) return undefined;
  const minor = Number(`${whole}${rest.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Any sign or code where it is not known which currency is meant. */
function withoutCurrency(typed: string, currency: string | undefined, language: Language): string {
  if (currency === undefined) return typed.replaceAll(/\p{Sc}|[A-Z]{3}/gu, '');
  const parts = new Intl.NumberFormat(language, { style: 'currency', currency }).formatToParts(0);
  const sign = parts.find(({ type }) => type === 'currency')?.value ?? currency;
  return typed.replace(currency, '').replace(sign, '');
}

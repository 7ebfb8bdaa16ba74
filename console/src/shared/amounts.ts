import type { Language } from '../language/language.tsx';

/** An amount in its currency's form. `minor` in the currency's smallest unit, as terms and packets hold it. */
export function money(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const number = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** `value` from 0 to 1. */
export const percent = (value: number, language: Language, digits = 0): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(value);

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as one types it in a language, without its currency: `1,234.50`. `minor` in the currency's smallest unit. */
export function typedAmount(minor: number, currency: string, language: Language): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    minor / 10 ** digits,
  );
}

/**
 * What somebody typed as an amount, in the currency's smallest unit; undefined where it can be read in no way, or in two. Thousands
 * are separated as the language does, or not at all.
 */
export function amountIn(text: string, currency: string, language: Language): number | undefined {
  const parts = new Intl.NumberFormat(language).formatToParts(1_234_567.8);
  const sign = (type: string) => parts.find((part) => part.type === type)!.value.replace('.', String.raw`\.`);
  const digits = digitsOf(currency);
  const fraction = digits === 0 ? '' : String.raw`(?:${sign('decimal')}(\d{1,${digits}}))?`;
  const whole = String.raw`(-?)(\d{1,3}(?:${sign('group')}\d{3})+|\d+)`;
  const read = new RegExp(`^${whole}${fraction}$`).exec(text.replaceAll(/[\s\p{Sc}]|[A-Z]{3}/gu, ''));
  if (!read) return undefined;
  const [, minus, thousands = '', hundredths = ''] = read;
  const amount = Number(thousands.replaceAll(/\D/g, '') + hundredths.padEnd(digits, '0'));
  return minus ? -amount : amount;
}

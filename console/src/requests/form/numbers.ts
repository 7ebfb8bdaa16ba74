/** Numbers as a reader of a language types them, and as the API takes them. */

const decimalSign = (language: string): string =>
  new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')!.value;

const escaped = (sign: string) => `\\${sign}`;

/**
 * What was typed as `1234.5`, or undefined for what is no number. A thousand may be parted; one sign alone with other than three
 * digits behind it is the decimal sign in every language.
 */
export function readDecimal(typed: string, language: string): string | undefined {
  const text = typed.trim().replaceAll(/[\s\u00a0\u202f’']/g, '');
  const sign = decimalSign(language);
  const [decimal, group] = [escaped(sign), escaped(sign === ',' ? '.' : ',')];
  const usual = new RegExp(`^-?(\\d+|\\d{1,3}(${group}\\d{3})+)(${decimal}\\d+)?$`);
  if (usual.test(text)) return text.replaceAll(new RegExp(group, 'g'), '').replace(sign, '.');
  return /^-?\d+[.,](\d{1,2}|\d{4,})$/.test(text) ? text.replace(',', '.') : undefined;
}

export const readWhole = (typed: string, language: string): number | undefined => {
  const read = readDecimal(typed, language);
  return read !== undefined && /^-?\d{1,15}$/.test(read) ? Number(read) : undefined;
};

/** How many digits of a currency are its smallest unit; two, where none is known. */
export function minorDigits(currency: string | undefined): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? '' }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

/** In the smallest unit of the currency; undefined for what is no amount in it. */
export function readAmount(typed: string, language: string, currency: string | undefined): number | undefined {
  const digits = minorDigits(currency);
  const [whole = '', rest = ''] = readDecimal(typed, language)?.split('.') ?? [];
  if (whole === '' || rest.length > digits) return undefined;
  const minor = Number(`${whole}${rest.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** As it would be typed, without anything between thousands. */
export function typedDecimal(value: string, language: string): string {
  return value.replace('.', decimalSign(language));
}

export function typedAmount(minor: number, language: string, currency: string | undefined): string {
  const digits = minorDigits(currency);
  return typedDecimal((minor / 10 ** digits).toFixed(digits), language);
}

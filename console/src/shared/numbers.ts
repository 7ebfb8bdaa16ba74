import type { Language } from '../language/languages.ts';

/** Numbers as a reader of a language types them, and as the API takes them. */

const signIn = (language: Language, type: 'decimal' | 'group'): string =>
  new Intl.NumberFormat(language).formatToParts(1_234_567.8).find((part) => part.type === type)!.value;

/**
 * What was typed as `1234.5`, or undefined for what is no number. A thousand may be parted; one sign alone with other than three
 * digits behind it is the decimal sign in every language.
 */
export function readDecimal(typed: string, language: Language): string | undefined {
  const text = typed.replaceAll(/[\s’']/g, '');
  const [decimal, group] = [signIn(language, 'decimal'), signIn(language, 'group')];
  const usual = new RegExp(`^-?(\\d+|\\d{1,3}(\\${group}\\d{3})+)(\\${decimal}\\d+)?$`);
  if (usual.test(text)) return text.replaceAll(group, '').replace(decimal, '.');
  return /^-?\d+[.,](\d{1,2}|\d{4,})$/.test(text) ? text.replace(',', '.') : undefined;
}

export const readWhole = (typed: string, language: Language): number | undefined => {
  const read = readDecimal(typed, language);
  return read !== undefined && /^-?\d{1,15}$/.test(read) ? Number(read) : undefined;
};

/** As it would be typed, without anything between thousands. */
export const typedDecimal = (value: string, language: Language): string =>
  value.replace('.', signIn(language, 'decimal'));

import type { Language } from '../language/language.tsx';

/** An amount of which a rule does not say the currency. `minor` in its smallest unit, of which a hundred make one. */
export const amount = (minor: number, language: Language): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(minor / 100);

import de from './wording/de.json' with { type: 'json' };
import en from './wording/en.json' with { type: 'json' };

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
export type WordingKey = keyof typeof en;

const wordings: Readonly<Record<Language, Readonly<Record<WordingKey, string>>>> = { en, de };
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** Whatever else somebody's record says is English. */
export const languageOf = (given: string): Language => languages.find((one) => one === given) ?? 'en';

/** A template with its `{placeholders}` filled; what was filled in is not looked at again. */
export const say = (language: Language, key: WordingKey, values: Readonly<Record<string, string | number>> = {}) =>
  wordings[language][key].replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));

/** An instant in the reader's zone, which it names. */
export const sayWhen = (language: Language, timeZone: string, instant: Date): string =>
  new Intl.DateTimeFormat(locales[language], {
    ...({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const),
    ...({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const),
  }).format(instant);

/** The day of an instant in the reader's zone. */
export const sayDay = (language: Language, timeZone: string, instant: Date): string =>
  new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(
    instant,
  );

/** Whether it is a zone that times can be said in. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

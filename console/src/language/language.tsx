import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { isolated } from './isolated.ts';
import { type Language, languages } from './languages.ts';

export { type Language, languages };

/** Texts of one part of the console: the same names in each language. */
export type Texts<Name extends string = string> = Readonly<Record<Language, Readonly<Record<Name, string>>>>;
export type Places = Readonly<Record<string, string | number>>;

const kept = 'baton.language';
const isLanguage = (value: unknown): value is Language => languages.some((one) => one === value);

function preferred(): Language {
  const chosen = localStorage.getItem(kept);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((one) => one.slice(0, 2)).find(isLanguage) ?? 'en';
}

const Chosen = createContext<{ language: Language; choose(language: Language): void } | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferred);
  useLayoutEffect(() => void (document.documentElement.lang = language), [language]);
  const value = useMemo(
    () => ({
      language,
      choose(next: Language) {
        localStorage.setItem(kept, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Chosen value={value}>{children}</Chosen>;
}

export function useLanguage() {
  const chosen = useContext(Chosen);
  if (!chosen) throw new Error('LanguageProvider is missing');
  return chosen;
}

/** `{name}` in a text is a place. */
export const fill = (text: string, places: Places = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => isolated(String(places[name] ?? whole)));

/**
 * Answers what says a text in the reader's language. A text of several forms (`open.one`, `open.other`) is said by `count`:
 * `say('open', { count: 2 })`.
 */
export function useTexts<Name extends string>(texts: Texts<Name>) {
  const { language } = useLanguage();
  return useMemo(() => {
    const plural = new Intl.PluralRules(language);
    const all: Readonly<Record<string, string>> = texts[language];
    return (name: Stem<Name>, places: Places = {}): string => {
      const { count } = places;
      const form = typeof count === 'number' ? `${name}.${plural.select(count)}` : name;
      return fill(all[form] ?? all[name] ?? name, places);
    };
  }, [language, texts]);
}

export type Stem<Name extends string> = Name extends `${infer Of}.one` | `${infer Of}.other` ? Of : Name;

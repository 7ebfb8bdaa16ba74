import { type ComponentType, createContext, useContext } from 'react';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { number } from '../../shared/amounts.ts';
import { typedDecimal } from '../../shared/numbers.ts';
import type { Kind } from './fields.ts';
import type { InputProps } from './input-props.ts';
import { texts } from './texts.ts';

interface Form {
  process: string;
  /** JSON pointers to what is wrong. */
  wrong: ReadonlySet<string>;
  /** What shows a field of any kind; groups and lists show theirs by it. */
  Input: ComponentType<InputProps>;
  /** The field that is the business key, where it was filled in for the person. */
  keyMade: string | undefined;
}

export const FormContext = createContext<Form | undefined>(undefined);

export function useForm() {
  const form = useContext(FormContext);
  if (!form) throw new Error('FormContext is missing');
  const isWrong = (at: string) => form.wrong.has(at);
  return { ...form, isWrong, isWrongBelow: (at: string) => [...form.wrong].some((one) => isUnder(one, at)) };
}

const isUnder = (one: string, at: string) => one === at || one.startsWith(`${at}/`);

/** What a field takes, said to somebody whose answer was not taken. */
export function useMust() {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (of: Kind): string => {
    const { least, most } = { least: undefined, most: undefined, ...of };
    const shown = (value: number | undefined) => (value === undefined ? '' : number(value, language));
    const bounds = least === undefined ? (most === undefined ? 'none' : 'most') : most === undefined ? 'least' : 'both';
    return say(`must.${of.kind}`, {
      ...{ least: shown(least), most: shown(most), example: typedDecimal('12.50', language) },
      bounds: say(`bounds.${bounds}`, { least: shown(least), most: shown(most) }),
    });
  };
}

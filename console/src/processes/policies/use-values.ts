import type { Contracts } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { spelled, useWords } from '../../language/words.ts';
import { number, typedAmount } from '../../shared/amounts.ts';
import { texts } from './texts.ts';

/** Answers a value of a fact or an output in words. A text that nobody gave a word is shown as it is: it may be another system's. */
export function useValues(process: string, fields: Contracts['request']) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  const value = (name: string, one: unknown): string => {
    const format = fields.find(({ path }) => path[0] === name)?.format;
    if (Array.isArray(one)) return one.map((each) => value(name, each)).join(', ');
    if (typeof one === 'boolean') return say(one ? 'yes' : 'no');
    if (typeof one === 'number')
      return format === 'amount' ? typedAmount(one, undefined, language) : number(one, language, 6);
    if (typeof one !== 'string') return JSON.stringify(one);
    if (one === '') return say('empty');
    if (name === 'owner') return words.shared('queues', one);
    const said = words.of(process, 'values', one);
    return format === 'choice' || said !== spelled(one) ? said : one;
  };
  return value;
}

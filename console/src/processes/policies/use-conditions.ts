import type { Contracts } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { amount } from '../amount.ts';
import { number } from '../../shared/amounts.ts';
import { type Condition, conditionOf } from './conditions.ts';
import { texts } from './texts.ts';

const comparisons = {
  '>=': 'at-least',
  '>': 'more-than',
  '<=': 'at-most',
  '<': 'less-than',
  '!=': 'not-equal',
} as const;

/** Answers what a cell says of its fact, in words: `at least 500.00`, `none of: Pending`. */
export function useConditions(process: string, facts: Contracts['request']) {
  const say = useTexts(texts);
  const words = useWords();
  const { language } = useLanguage();
  return (fact: string, expression: string): string => {
    const format = facts.find(({ path }) => path[0] === fact)?.format;
    const value = (one: string | number | boolean): string => {
      if (typeof one === 'boolean') return say(one ? 'yes' : 'no');
      if (typeof one === 'string') return one === '' ? '“”' : words.of(process, 'values', one);
      return format === 'amount' ? amount(one, language) : number(one, language, 6);
    };
    return inWords(conditionOf(expression), value);
  };

  function inWords(condition: Condition, value: (one: string | number | boolean) => string): string {
    switch (condition.is) {
      case 'value':
        return value(condition.value);
      case 'in':
      case 'not-in': {
        const values = condition.values.map(value);
        const [only] = values;
        if (values.length === 1) return condition.is === 'in' ? only! : say('is-not', { value: only! });
        return say(condition.is === 'in' ? 'one-of' : 'none-of', { values: values.join(', ') });
      }
      case 'compared':
        return say(comparisons[condition.by], { value: value(condition.value) });
      case 'between':
        return say('between', { from: value(condition.from), to: value(condition.to) });
      case 'called':
        return say(`${condition.by}${condition.not ? '-not' : ''}`, { value: value(condition.value) });
      case 'length':
        return say('length', { value: inWords(condition.of, (one) => number(Number(one), language)) });
      case 'all':
      case 'any':
        return condition.of.map((one) => inWords(one, value)).join(say(condition.is === 'all' ? 'and' : 'or'));
      case 'raw':
        return condition.expression;
    }
  }
}

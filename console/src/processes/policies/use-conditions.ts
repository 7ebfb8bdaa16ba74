import type { Contracts } from '../../api/processes.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { number } from '../../shared/amounts.ts';
import { type Condition, conditionOf } from './conditions.ts';
import { texts } from './texts.ts';
import { useValues } from './use-values.ts';

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
  const { language } = useLanguage();
  const value = useValues(process, facts);
  return (fact: string, expression: string): string => inWords(conditionOf(expression), (one) => value(fact, one));

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

import type { Figure, Measure } from '../api/scorecard.ts';
import type { Language } from '../language/language.tsx';
import type { Kind, Said } from '../language/words.ts';
import { number, percent } from '../shared/amounts.ts';
import { shortSpan, span } from '../shared/when.ts';

/** A figure's value in the reader's form. Money comes in millionths of `currency`. */
export function shownValue(value: number | string | null, unit: string, language: Language, currency = 'EUR'): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (unit === 'ms') return span(value, language, 'short');
  if (unit === 'share') return percent(value, language, 1);
  // Of whatever currency: its cases may have several.
  if (unit === 'minor') return new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(value / 100);
  if (unit === 'score') return number(value, language, 3);
  if (unit !== 'money') return number(value, language, 1);
  const amount = value / 1_000_000;
  const digits = Math.abs(amount) < 1 ? 4 : 2;
  return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: digits }).format(amount);
}

/** The same, short enough for an axis. */
export const onAxis = (value: number, unit: string, language: Language): string =>
  unit === 'ms' ? shortSpan(value, language) : shownValue(value, unit, language);

/** The figures of the whole period come first, one for each `of`; those of buckets follow. */
export function wholeOf({ figures }: Measure): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ of }) => {
    const key = JSON.stringify(of);
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether nothing at all was counted. */
export const isEmpty = (measure: Measure): boolean => wholeOf(measure).every(({ count }) => count === 0);

/** The one figure of a measure without labels. */
export const only = (measure: Measure | undefined): Figure | undefined => measure && wholeOf(measure)[0];

/** Of a measure without labels, a value for each bucket. */
export const overTime = (measure: Measure): { from: string; value: number | null }[] =>
  measure.figures.slice(1).map(({ from, value }) => ({ from, value }));

/** In a queue's place, where something is given to somebody by name. */
const aPerson = 'a person';

const kindsOfSteps: Record<string, Kind> = {
  read: 'sources',
  inference: 'inferences',
  action: 'actions',
  compensation: 'actions',
  handoff: 'handoffs',
  event: 'events',
};

/** What a label of a figure says, in words: `outcome: refunded` of a process. */
export function labelInWords(of: Figure['of'], label: string, process: string | undefined, words: Said): string {
  const value = of[label] ?? '';
  const where = of['process'] ?? process;
  const named = (kind: Kind) => (where === undefined ? words.ofAny(kind, value) : words.of(where, kind, value));
  switch (label) {
    case 'process':
      return words.process(value);
    case 'outcome':
      return named('outcomes');
    case 'owner':
      return value === aPerson ? words.shared('labels', 'person') : words.shared('queues', value);
    case 'step':
      return of['kind'] === 'task' ? words.shared('tasks', value) : named(kindsOfSteps[of['kind'] ?? ''] ?? 'sources');
    case 'handoff':
      return named('handoffs');
    case 'inference':
      return named('inferences');
    case 'source':
      return named('sources');
    case 'system':
      return words.shared('systems', value);
    case 'cause':
      return words.shared('causes', value);
    case 'stage':
      return words.shared('stages', value);
    case 'kind':
      return words.shared('steps', value);
    case 'error':
      return words.shared('refusals', value);
    case 'breach':
      return words.shared('breaches', value);
    case 'because':
      return words.shared('findings', value);
    case 'impact':
      return named('fields');
    case 'rule':
      return ruleInWords(value, where, words);
    default:
      return value;
  }
}

/** `<policy>/<row>`. */
function ruleInWords(rule: string, process: string | undefined, words: Said): string {
  const [policy = '', row] = rule.split('/');
  if (row === undefined) return rule;
  const named = (kind: Kind, name: string) => (process ? words.of(process, kind, name) : words.ofAny(kind, name));
  return `${named('policies', policy)}: ${named('rules', row)}`;
}

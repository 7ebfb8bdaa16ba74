import { noCurrency } from '../../../rules/currency.ts';
import type { Figure } from '../api/scorecard.ts';
import type { Language, useTexts } from '../language/language.tsx';
import { type Kind, type Said, spelled } from '../language/words.ts';
import { percent } from '../shared/amounts.ts';
import type { texts } from './texts.ts';

type Say = ReturnType<typeof useTexts<keyof (typeof texts)['en']>>;

/** In whose words labels are said. */
export interface Speaker {
  words: Said;
  say: Say;
  language: Language;
  /** The one process that is looked at, where it is one. */
  process: string | undefined;
}

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

/** Names of no process in particular. */
const shared = {
  cause: 'causes',
  stage: 'stages',
  kind: 'steps',
  breach: 'breaches',
} as const satisfies Record<string, Parameters<Said['shared']>[0]>;
const isShared = (label: string): label is keyof typeof shared => label in shared;

/** What a process declares. */
const declared: Record<string, Kind> = {
  ...{ outcome: 'outcomes', handoff: 'handoffs', inference: 'inferences', source: 'sources' },
};

/** What a label of a figure says, in words: `outcome: refunded` of a process. Names of people, builds and task queues stay as they are. */
export function labelInWords(of: Figure['of'], label: string, { words, say, language, process }: Speaker): string {
  const value = of[label] ?? '';
  const where = of['process'] ?? process;
  const named = (kind: Kind, name = value) =>
    where === undefined ? words.ofAny(kind, name) : words.of(where, kind, name);
  const known = (said: string, otherwise: string) => (said === spelled(value) ? otherwise : said);
  if (value === '') return '–';
  if (isShared(label)) return words.shared(shared[label], value);
  if (declared[label]) return named(declared[label]);
  switch (label) {
    case 'process':
      return words.process(value);
    case 'owner':
      return value === aPerson ? say('by-name') : words.shared('queues', value);
    case 'step':
      return stepInWords();
    case 'system':
      return words.isNamed('systems', value) ? words.shared('systems', value) : value; // else it is a model, by its own name
    case 'error':
      return known(words.shared('refusals', value), errorInWords());
    case 'because':
      return differenceInWords();
    case 'impact':
      return of['currency'] === noCurrency ? `${named('fields')} (${say('no-currency')})` : named('fields');
    case 'rule':
      return pair(value.split('/'), 'policies', 'rules');
    case 'field':
      return fieldInWords();
    case 'answer':
      return say(`answer.${value as 'confident'}`);
    case 'confidence':
      return say('confidence.tenth', tenth(value, language));
    case 'version':
      return value === 'unversioned' ? say('unversioned') : value;
    default:
      return value;
  }

  /** Which line of the record says how a step failed. */
  function errorInWords(): string {
    const lines = [of['kind'] ?? 'inference', 'inference'].map((kind) => `${kind}.${value}`);
    const line = lines.find((one) => words.shared('lines', one) !== spelled(one));
    return line === undefined ? spelled(value) : words.shared('lines', line);
  }

  /** Of a bug that stops a case: the activity, and what it was to do. */
  function stepInWords(): string {
    if (value === 'its workflow') return say('its-workflow');
    if (of['kind'] === 'task') return words.shared('tasks', value);
    const kind = kindsOfSteps[of['kind'] ?? ''];
    if (kind) return named(kind);
    const name = value.split(' ').at(-1)!;
    const said = (['inferences', 'sources', 'actions'] as const).map((one) => named(one, name));
    return said.find((one) => one !== spelled(name)) ?? spelled(name);
  }

  /** A JSON pointer, or `<what>:<policy or inference>.<field>`. */
  function fieldInWords(): string {
    const [what = '', names] = value.split(':');
    if (names === undefined)
      return value
        .split('/')
        .filter((part) => part !== '' && !/^(\d+|-|\*)$/.test(part))
        .map((part) => named('fields', part))
        .join(' › ');
    if (what === 'confidence') return `${named('inferences', names)}: ${say('confidence')}`;
    return pair(names.split('.'), what === 'fact' ? 'policies' : 'inferences', 'fields');
  }

  /** What reconciliation says is an English sentence, about a write in a state. */
  function differenceInWords(): string {
    const [sentence, state] = differences.flatMap(([sentence, name]) => {
      const [found, of] = sentence.exec(value) ?? [];
      return found === undefined ? [] : [name, of];
    });
    return sentence === undefined
      ? value
      : say(sentence as 'difference.undone', { state: words.shared('lines', `action.${state}`) });
  }

  function pair([first = '', second]: string[], kind: Kind, below: Kind): string {
    return second === undefined ? named(kind, first) : `${named(kind, first)}: ${named(below, second)}`;
  }
}

const differences = [
  [/^The system took it back; by our record it is (\S+)$/, 'difference.undone'],
  [/^The system applied it; by our record it is (\S+)$/, 'difference.applied'],
  [/^By our record it was done; the system knows nothing of it$/, 'difference.not-done'],
  [/^By our record it was taken back; the system knows nothing of it$/, 'difference.unknown'],
  [/^By our record it was taken back; the system applied it and did not take it back$/, 'difference.stands'],
] as const;

/** Of a tenth such as `0.8 to 0.9`. */
function tenth(value: string, language: Language): { low: string; high: string } {
  const [low = 0, high = low] = value.split(' to ').map(Number);
  return { low: percent(low, language), high: percent(high, language) };
}

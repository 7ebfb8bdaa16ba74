import { useTexts } from '../language/language.tsx';
import { type Said, useWords } from '../language/words.ts';
import type { Names } from '../shared/value-scope.tsx';
import { fieldTexts } from './field-texts.ts';

/** Names that are declared; a person's, or a sentence, is said as it is. */
const isDeclared = (name: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(name);

/** Whose turn it is: a queue, or a person. */
export const whose = (words: Said, owner: string): string =>
  isDeclared(owner) ? words.shared('queues', owner) : owner;

const asItIs = (_words: Said, _process: string, text: string) => text;
/** What is a name of the business by its look alone. */
const verbatim = ['businessKey', 'model', 'output', 'build'] as const;

/** What a name stands for, by the field that holds it. */
const meant: Readonly<Record<string, (words: Said, process: string, name: string) => string>> = {
  verdict: (words, _process, name) => words.shared('verdicts', name),
  rule: (words, process, name) =>
    name
      .split(', ')
      .map((one) => words.of(process, 'rules', one))
      .join(', '),
  on: (words, process, name) => words.of(process, 'terms', name),
  termsName: (words, process, name) => words.of(process, 'terms', name),
  source: (words, process, name) => words.of(process, 'sources', name),
  sum: (words, process, name) => words.of(process, 'fields', name),
  outcome: (words, process, name) => words.of(process, 'outcomes', name),
  rollback: (words, _process, name) => words.shared('rollbacks', name),
  reads: (words, _process, name) => words.shared('operations', name),
  operation: (words, _process, name) => words.shared('operations', name),
  owner: (words, _process, name) => whose(words, name),
  escalateTo: (words, _process, name) => whose(words, name),
  role: (words, _process, name) => whose(words, name),
  process: (words, _process, name) => words.process(name),
  because: (words, process, name) =>
    words.reason(process, name, isDeclared(name) ? words.of(process, 'rules', name) : name),
  ...Object.fromEntries(verbatim.map((field) => [field, asItIs])),
  refusal: (words, _process, name) => words.shared('refusals', name),
};

/** Names in the reader's words where the record itself gave them, not the process. */
export function useRecordNames(process: string): Names {
  const say = useTexts(fieldTexts);
  const words = useWords();
  return {
    field: (name) => (name in fieldTexts.en ? say(name as keyof (typeof fieldTexts)['en']) : undefined),
    value: (field, text) => meant[field]?.(words, process, text),
  };
}

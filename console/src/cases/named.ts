import type { Said } from '../language/words.ts';

/** Names that are declared; a person's, or a sentence, is said as it is. */
const isDeclared = (name: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(name);

/** Whose turn it is: a queue, or a person. */
export const whose = (words: Said, owner: string): string =>
  isDeclared(owner) ? words.shared('queues', owner) : owner;

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
  because: (words, process, name) => (isDeclared(name) ? words.of(process, 'rules', name) : name),
  refusal: (words, _process, name) => words.shared('refusals', name),
};

/** A name in the reader's words, where the field that holds it says what kind of name it is. */
export const named = (words: Said, process: string, field: string, name: string): string =>
  meant[field]?.(words, process, name) ?? name;
